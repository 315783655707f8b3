"""What the program keeps so that children are found: keys made of their records. Made anew whenever these change."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from casemgr.records.base import Base


class SearchEntry(Base):
    """A child as the search knows it. terms: all its terms as they are kept, set apart by line feeds."""

    __tablename__ = "search_entry"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True, default=None)
    child_id: Mapped[UUID] = mapped_column(unique=True)
    terms: Mapped[str] = mapped_column(default="")


class SearchTerm(Base):
    """A key under which a child is found; its first letter says of what kind it is (casemgr.store.search_terms)."""

    __tablename__ = "search_term"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  (SQLAlchemy reads it once)

    term: Mapped[str] = mapped_column(primary_key=True)
    entry: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class SearchMade(Base):
    """By which rules the terms were made; they are made anew where the program has others."""

    __tablename__ = "search_made"

    rules: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
