// Tests that work a browser are given a second try: its errors stand in the log, and the phase says how many had it.
/* global jest */
if (process.env.ARIANE_PIDS_FILE !== undefined)
  jest.retryTimes(1, { logErrorsBeforeRetry: true, retryImmediately: true });
