"""Work that need not keep anybody waiting. Where it is done, TASKS_BACKEND says."""

from django_tasks import task

from assessments.actions import links


@task()
def check_links_task(
    every_one: bool = False, older_than: int = 0, limit: int | None = None
) -> dict[str, int]:
    """How many links were looked at, and how many of them are broken."""
    found = list(
        links.check(links=links.due(every_one=every_one, older_than=older_than, limit=limit))
    )
    return {"checked": len(found), "broken": sum(one.is_broken for one in found)}
