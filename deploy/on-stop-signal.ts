/**
 * Runs `stop` once for Ctrl-C (which arrives twice: from the terminal and from npm) or SIGTERM; then the process ends.
 * When the process that started us with a channel is gone, nobody waits for an orderly stop any more: we end at once,
 * and the watchdogs end within two seconds whatever we started.
 */
export function onStopSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const once = (exitCode: number): void => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', () => {
    once(130);
  });
  process.on('SIGTERM', () => {
    once(143);
  });
  process.on('disconnect', () => process.exit(129));
  // It was gone before we listened: nobody tells it again.
  if (process.send !== undefined && !process.connected) process.exit(129);
}
