"""The one place where Settings become objects: transports, delivery log, templates."""
