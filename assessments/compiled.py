"""Queries that the ORM puts into SQL once, and that are asked with other values from then on.

For those of nearly every page: writing the SQL takes the ORM three times as long as asking.
"""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from typing import Any, Generic, TypeVar, cast

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

M = TypeVar("M", bound=Model)


class Parameter(Expression):
    """Where a value goes that is known only when the query is asked."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        return "%s", [self]


class CompiledQuery(Generic[M]):
    """`make` gives the queryset, with a Parameter for each value, when it is first asked.

    None as a value finds nothing, as in SQL.
    """

    def __init__(self, make: Callable[[], QuerySet[M, Any]]) -> None:
        self._make = make
        self._queryset: QuerySet[M, Any] | None = None
        self._compiled: dict[str, tuple[SQLCompiler, str, Sequence[Any]]] = {}

    def get_or_none(self, **values: Any) -> M | None:
        """The one row, by what is unique."""
        asked = cast(Any, _Asked(*self._asked(values)))
        return next(iter(ModelIterable(asked)), None)

    def tuples(self, **values: Any) -> Iterable[Sequence[Any]]:
        """All rows, where `make` ends with `values_list`."""
        _queryset, compiler = self._asked(values)
        return compiler.results_iter(tuple_expected=True)

    def _asked(self, values: dict[str, Any]) -> tuple[QuerySet[M, Any], SQLCompiler]:
        if self._queryset is None:
            self._queryset = self._make()
        queryset = self._queryset
        return queryset, self._ready(queryset, connections[queryset.db], values)

    def _ready(
        self, queryset: QuerySet[M, Any], connection: BaseDatabaseWrapper, values: dict[str, Any]
    ) -> SQLCompiler:
        if connection.vendor not in self._compiled:
            # A copy: putting it into SQL changes it, and another thread may be at it as well.
            compiler = queryset.query.clone().get_compiler(connection=connection)
            sql, params = compiler.as_sql()
            compiler.connection = None  # each thread has its own
            self._compiled[connection.vendor] = compiler, sql, params
        if queryset.query.select_for_update and connection.features.has_select_for_update:
            _check_transaction(connection)
        kept, sql, params = self._compiled[connection.vendor]
        filled = tuple(_filled(one, values, connection) for one in params)
        asked: Any = copy(kept)
        asked.connection = connection
        asked.as_sql = lambda: (sql, filled)
        return cast(SQLCompiler, asked)


class _Asked:
    """What ModelIterable wants of a queryset."""

    _known_related_objects: dict[Any, Any] = {}

    def __init__(self, queryset: QuerySet[Any], compiler: SQLCompiler) -> None:
        self.db = queryset.db
        self.query = self
        self._compiler = compiler

    def get_compiler(self, using: str) -> SQLCompiler:
        return self._compiler


def _check_transaction(connection: BaseDatabaseWrapper) -> None:
    """The ORM looks as it writes the SQL, so once."""
    if connection.get_autocommit():
        raise TransactionManagementError("A lock is for a transaction, and there is none.")


def _filled(param: Any, values: dict[str, Any], connection: BaseDatabaseWrapper) -> Any:
    if not isinstance(param, Parameter):
        return param
    return param.output_field.get_db_prep_value(values[param.name], connection)
