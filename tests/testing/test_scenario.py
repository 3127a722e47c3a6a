"""Stories, as tests tell them."""

from __future__ import annotations

import pytest

from partnership.events import MeetingHeld
from partnership.testing.scenario import told


def test_an_event_that_nobody_tells():
    """It is refused: every claim has a source."""
    with pytest.raises(TypeError, match="nobody tells of meeting:m"):
        told(MeetingHeld("m"))
