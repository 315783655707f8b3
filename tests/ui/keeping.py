"""A child whose case was closed long ago, so that it is due to be erased once there is a rule."""

from datetime import date

from casemgr.records.case import Case
from casemgr.records.child import Child
from casemgr.records.pathway.closure import Closure
from casemgr.services import casework


def closed_child(office, family="ហេង"):
    casework.save_child(office, child := Child(family_name_km=family))
    casework.open_case(office, child.id, case := Case(opened_on=date(2016, 1, 4)))
    casework.save_record(office, Closure(case_id=case.id, closed_on=date(2017, 1, 4)), why="ក")
    return child
