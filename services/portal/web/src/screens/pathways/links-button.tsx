import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { useHasRole } from '../../shell/session-context';
import { useShortcuts } from '../../shell/shortcuts';
import { Button } from '../../ui';

/** Leads to who may read the patient's page by a link; also by key, and so by the palette. */
export function LinksButton({ patientId }: { readonly patientId: string }) {
  const { t } = useTranslation('pathways');
  const navigate = useNavigate();
  const maySend = useHasRole('coordinator', 'specialist', 'requester');
  const to = `/patients/${patientId}/links`;
  useShortcuts(maySend ? [{ keys: 'l', label: t('links'), run: () => void navigate({ to }) }] : []);
  if (!maySend) return null;
  return (
    <Button variant="default" size="xs" component={Link} to={to} rightSection={<kbd aria-hidden>l</kbd>}>
      {t('links')}
    </Button>
  );
}
