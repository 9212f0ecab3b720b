"""Importing a table as an editor does: choose a file, look at the difference, confirm."""

from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.exporters.tables import TABLES


def import_address(name):
    return f"/admin/assessments/{name}/import/"


def export_address(name, ending):
    return f"/admin/assessments/{name}/export.{ending}"


def chosen(client, name, file_name, data):
    return client.post(import_address(name), {"file": SimpleUploadedFile(file_name, data)})


def confirm(client, name, page):
    plan = page.context["plan"]
    return client.post(
        import_address(name), {"token": page.context["token"], "digest": plan.digest}
    )


def everything():
    """All that tables can write, as their cells say it."""
    return {
        table.model.__name__: [table.cells(row) for row in table.rows()]
        for table in TABLES.values()
    }


def csv_of(name, *rows):
    """Rows given by some of their cells; the others are empty."""
    columns = TABLES[name].columns
    lines = [",".join(columns)]
    for row in rows:
        lines.append(",".join(f'"{row.get(column, "")}"' for column in columns))
    return "\n".join(lines).encode()
