"""When a factor counts as fulfilled: every number in one place, and why in
``docs/decisions/2026-11-22-three-factors.md``. Shares are percent, rounded down.
"""

#: A region is asked about everything on the leaders' checklist; the nation about so many of its provinces.
SUPPORTED_PROVINCES = 80
#: Of all villages of a region, so many have to be known before anything is said of the others.
SEEN_VILLAGES = 50
#: Of the villages that were seen, so many reach the hub with 3G or better.
CONNECTED_VILLAGES = 80
#: So many villages have anybody registered.
TAKING_PART = 50
#: Of those registered so many have begun, so many have finished a course.
STARTED, FINISHED = 60, 30
