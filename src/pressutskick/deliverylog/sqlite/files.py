"""Files that wait in the log with a dispatch that is sent later."""

from collections.abc import Sequence

from pressutskick.deliverylog.sqlite.reading import DeliveryReader
from pressutskick.deliverylog.sqlite.statements import statements
from pressutskick.message.model import AttachedFile


def store_files(log: DeliveryReader, dispatch_id: int, files: Sequence[AttachedFile]) -> None:
    """Keeps what goes with the messages of a dispatch that is sent later."""
    with log.connection() as connection:
        for position, file in enumerate(files):
            connection.execute(
                statements()["insert_file"],
                {
                    "dispatch": dispatch_id,
                    "position": position,
                    "filename": file.filename,
                    "media_type": file.media_type,
                    "title": file.title,
                    "content": file.content,
                },
            )


def stored_files(log: DeliveryReader, dispatch_id: int) -> tuple[AttachedFile, ...]:
    """What was kept by `store_files`."""
    with log.connection() as connection:
        rows = connection.execute(
            statements()["stored_files"], {"dispatch": dispatch_id}
        ).fetchall()
    return tuple(
        AttachedFile(filename=name, media_type=kind, title=title, content=content)
        for name, kind, title, content in rows
    )
