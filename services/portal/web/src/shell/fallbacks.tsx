import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { Anchor, Empty, Failure } from '../ui';

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation('shell');
  return (
    <Empty
      title={t('notFound.title')}
      action={
        <Anchor component={Link} to="/">
          {t('notFound.home')}
        </Anchor>
      }
    >
      {t('notFound.text')}
    </Empty>
  );
}

/** A fault of the page itself: the rest of the workspace stands. */
export function Crashed({ error, reset }: ErrorComponentProps) {
  return <Failure error={error instanceof Error ? error : new Error(String(error))} onRetry={reset} />;
}
