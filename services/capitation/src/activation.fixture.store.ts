interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Activates a version as an approver does: makes its dry run, reads the report, confirms it by its hash. Answers what
 * the activation answers.
 */
export async function activateReading<T extends Answer>(
  post: (path: string, body: object) => Promise<T>,
  id: string,
  version = 1,
  body: object = {},
): Promise<T> {
  const path = `/payment-contracts/${id}/versions/${version}`;
  const read = await post(`${path}/dry-runs`, {});
  const { sha256: dryRun } = read.body as { sha256?: string }; // as: the service's own answer
  return post(`${path}/activate`, { ...body, dryRun });
}
