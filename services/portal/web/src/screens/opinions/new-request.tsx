import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { useRead } from '../../api/queries';
import type { PathwayRead } from '../../shell/context-parts';
import { IdentityBanner } from '../../shell/names';
import { PathwayPicker } from '../../shell/pathway-picker';
import { useSession } from '../../shell/session-context';
import { useView } from '../../shell/view';
import { Button, Empty, Loaded, Page, Panel, Stack } from '../../ui';
import { RequestForm } from './request-form';

/** Asks an expert: whose pathway, then one question; the rest is filled in and can be changed. */
export function NewRequest() {
  const { t } = useTranslation('opinions');
  const [view, change] = useView();
  const navigate = useNavigate();
  const { practitionerId } = useSession();
  const pathwayId = view['pathway'];
  return (
    <Page
      title={t('new.title')}
      lead={t('new.lead')}
      actions={
        <Button variant="default" onClick={() => void navigate({ to: '/opinions' })}>
          {t('new.leave')}
        </Button>
      }
    >
      {practitionerId === undefined ? (
        <Empty title={t('empty.unlisted')}>{t('empty.unlistedText')}</Empty>
      ) : pathwayId === undefined ? (
        <Panel title={t('new.whose')}>
          <PathwayPicker
            onChoose={(pathway) => {
              change({ pathway }, { isStep: true });
            }}
          />
        </Panel>
      ) : (
        <RequestFor key={pathwayId} pathwayId={pathwayId} requesterId={practitionerId} step={view['step']} />
      )}
    </Page>
  );
}

interface RequestForProps {
  readonly pathwayId: string;
  readonly requesterId: string;
  readonly step: string | undefined;
}

function RequestFor({ pathwayId, requesterId, step }: RequestForProps) {
  const read = useRead<PathwayRead>(`/api/pathways/pathways/${pathwayId}`);
  return (
    <Loaded read={read}>
      {(pathway) => (
        <Stack gap="md">
          <IdentityBanner patientId={pathway.patientId} />
          <RequestForm pathway={pathway} requesterId={requesterId} step={step} />
        </Stack>
      )}
    </Loaded>
  );
}
