import type { RunningService } from '@ariane/service';
import { newId } from '@ariane/store';
import { RosterService } from './roster.store';

/** Makes invented members part of a book's roster from a civil day on. */
export async function enrolMembers(
  { app, territory }: Pick<RunningService, 'app'> & { readonly territory: string },
  book: string,
  references: readonly string[],
  from: string,
): Promise<void> {
  const rosters = app.get(RosterService, { strict: false });
  for (const reference of references) {
    const messageId = newId();
    const ids = { messageId, correlationId: messageId, causationId: messageId };
    const context = { ...ids, consumer: 'spec', territory, actor: 'spec', now: `${from}T00:00:00Z` };
    const told = { type: 'Attribute', span: { from, to: null }, values: [] } as const;
    await rosters.tell(`${territory}.${book}`, reference, told, 'spec', context);
  }
}
