import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { type PathwayWhole, paths } from '../../api/care';
import { useRead } from '../../api/queries';
import { IdentityBanner } from '../../shell/names';
import { useHasRole } from '../../shell/session-context';
import { useView, type View } from '../../shell/view';
import { Button, Loaded, Page, Stack, Tabbed } from '../../ui';
import { useFileParts } from '../care/use-file-parts';
import { usePathIds } from '../screen-route';
import { ChangesTab } from './changes-tab';
import { FactsTab } from './facts-tab';
import { LinksButton } from './links-button';
import { AddStepDialog } from './add-step-dialog';
import { PathwayHead } from './pathway-head';
import { StepsTable } from './steps-table';
import { SummaryTab } from './summary-tab';
import { TeamTab } from './team-tab';
import { TimelineTab } from './timeline-tab';

const tabs = ['summary', 'timeline', 'table', 'changes', 'facts', 'team'] as const;
type Tab = (typeof tabs)[number];
const tabOf = (view: View): Tab => tabs.find((one) => one === view['tab']) ?? 'summary';

/** One pathway: who, where they stand, what was done, what comes, why, and who cares. */
export function PathwayScreen() {
  const { id = '' } = usePathIds();
  const [view] = useView(['tab']);
  const read = useRead<PathwayWhole>(paths.pathway(id));
  const tab = tabOf(view);
  useFileParts(id, { timeline: tab === 'summary' || tab === 'facts', requests: tab === 'summary' });
  const { t } = useTranslation('pathways');
  const shown = <Loaded read={read}>{(pathway) => <Whole pathway={pathway} />}</Loaded>;
  // Until the pathway is there, and where it cannot be read, the screen has a heading all the same.
  return read.data === undefined ? <Page title={t('title')}>{shown}</Page> : shown;
}

function Whole({ pathway }: { readonly pathway: PathwayWhole }) {
  const { t } = useTranslation('pathways');
  const [view, change] = useView();
  const mayChange = useHasRole('coordinator', 'specialist') && pathway.status === 'ACTIVE';
  const tab = tabOf(view);
  const isAdding = view['add'] !== undefined;
  const content: Readonly<Record<Tab, () => React.ReactNode>> = {
    summary: () => <SummaryTab pathway={pathway} />,
    timeline: () => <TimelineTab pathway={pathway} />,
    table: () => <StepsTable pathway={pathway} mayChange={mayChange} />,
    changes: () => <ChangesTab pathway={pathway} mayChange={mayChange} />,
    facts: () => <FactsTab pathway={pathway} mayChange={mayChange} />,
    team: () => <TeamTab pathway={pathway} />,
  };
  return (
    <Page
      title={pathway.protocol.title}
      lead={t('version', { version: pathway.protocol.version })}
      actions={
        <>
          {mayChange ? (
            <Button
              variant="default"
              size="xs"
              onClick={() => {
                change({ add: 'step' });
              }}
            >
              {t('add.open')}
            </Button>
          ) : null}
          <Button variant="default" size="xs" component={Link} to={`/patients/${pathway.patientId}`}>
            {t('openPatient')}
          </Button>
          <LinksButton patientId={pathway.patientId} />
          <Button variant="default" size="xs" component={Link} to={`/pathways/${pathway.id}/plan`}>
            {t('print')}
          </Button>
        </>
      }
    >
      <Stack gap="md">
        <IdentityBanner patientId={pathway.patientId} />
        <PathwayHead pathway={pathway} />
        <Tabbed
          label={pathway.protocol.title}
          tabs={tabs}
          labelOf={(one) => t(`tab.${one}`)}
          shown={tab}
          onShow={(shown) => {
            change({ tab: shown });
          }}
        >
          {content[tab]()}
        </Tabbed>
      </Stack>
      {isAdding && mayChange ? (
        <AddStepDialog
          pathway={pathway}
          onClose={() => {
            change({ add: undefined });
          }}
        />
      ) : null}
    </Page>
  );
}
