import { useEffect } from 'react';

import type { Alert } from '../../api/care';
import { useCommand } from '../../api/queries';
import { useSession } from '../../shell/session-context';

/** Tells the service, once, that its owner has an alert before their eyes. */
export function useSaySeen(alert: Pick<Alert, 'id' | 'ownerId' | 'seenAt'> | undefined): void {
  const { practitionerId } = useSession();
  const { mutate } = useCommand<{ readonly id: string }>({
    path: ({ id }) => `/api/pathways/alerts/${id}/seen`,
    changes: [],
  });
  const id = alert?.seenAt === undefined && alert?.ownerId === practitionerId ? alert?.id : undefined;
  useEffect(() => {
    if (id !== undefined) mutate({ id });
  }, [id, mutate]);
}
