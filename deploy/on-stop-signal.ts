/**
 * Runs `stop` once, whichever comes first: Ctrl-C (which arrives twice: from the terminal and from npm), SIGTERM, or
 * the death of the process that started us with a channel. Then the process ends.
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
  process.on('disconnect', () => {
    once(129);
  });
}
