import { FactPass } from './fact-pass.store';
import { IdentityPass } from './identity-pass.store';
import type { ImportRun } from './import-pass.store';
import { type ImportReport, ReportBuilder } from './report';

/**
 * Reads the file twice: persons and directory first, with every reference by which others may point to them, then the
 * facts that point. So a fact may come before its patient in the file, and one batch at a time is held.
 */
export async function runImport(run: ImportRun): Promise<ImportReport> {
  const report = new ReportBuilder();
  const bytes = await new IdentityPass(run, report).walk(0);
  await new FactPass(run, report).walk(bytes);
  return report.snapshot();
}
