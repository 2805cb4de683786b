"""Background work: progress, cancel, schedule, heartbeat; the outbox that carries events across processes."""
