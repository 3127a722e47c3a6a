"""A web service on one record: states and what is overdue as JSON, and submissions, which are taken or refused.

    python -m pip install 'fastapi[standard]' && fastapi dev examples/service.py

``POST /submissions`` takes what ``GET /schema`` describes. A submission is recorded whole or not at all; what is wrong
with it comes back as a list, each thing with its place and with what to write.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Body, FastAPI, Request
from fastapi.responses import JSONResponse

import partnership as ps
from partnership.errors import InvalidSubmission, UnknownSubject

BODY = {"requestBody": {"content": {"application/json": {"schema": {"$ref": "/schema"}}}, "required": True}}
Document = Annotated[dict[str, Any], Body()]


def service(record: ps.Record) -> FastAPI:
    """Return the service of a record, which may have kinds of its own."""
    app = FastAPI(title=f"Record of {record.partnership or 'a partnership'}")
    schema = ps.json_schema(record.kinds)

    @app.get("/schema")
    def get_schema() -> dict[str, Any]:
        return schema

    @app.get("/states/{kind}")
    def get_states(kind: str, on: str | None = None) -> dict[str, Any]:
        states: dict[str, Any] = ps.to_dict(view_of(record, on).states(kind))
        return states

    @app.get("/states/{kind}/{slug}")
    def get_state(kind: str, slug: str, on: str | None = None) -> dict[str, Any]:
        state: dict[str, Any] = ps.to_dict(view_of(record, on).states(kind)[slug])
        return state

    @app.get("/overdue")
    def get_overdue(on: str | None = None) -> list[dict[str, Any]]:
        overdue: list[dict[str, Any]] = ps.to_dict(view_of(record, on).overdue())
        return overdue

    @app.post("/submissions", status_code=201, openapi_extra=BODY)
    def post_submission(document: Document) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = ps.to_dict(record.submit(ps.read_submission(document, record.kinds)))
        return entries

    @app.exception_handler(InvalidSubmission)
    def refuse(_: Request, error: InvalidSubmission) -> JSONResponse:
        return JSONResponse({"refusals": [refusal_in_json(refusal) for refusal in error.refusals]}, status_code=422)

    @app.exception_handler(ps.PartnershipError)
    def explain(_: Request, error: ps.PartnershipError) -> JSONResponse:
        return JSONResponse({"error": str(error)}, status_code=404 if isinstance(error, UnknownSubject) else 422)

    return app


def view_of(record: ps.Record, day: str | None) -> ps.View:
    """Return the record as of a day, or as it is."""
    return record if day is None else record.as_of(day)


def refusal_in_json(refusal: ps.Refusal) -> dict[str, Any]:
    """Return a refusal as a form shows it: at the place, the sentence, and what may be meant."""
    return {"where": refusal.where, "said": str(refusal), "near": list(refusal.near)}


app = service(ps.open(":memory:", partnership="asean-russia"))  # `fastapi dev` looks for it; give your own file
