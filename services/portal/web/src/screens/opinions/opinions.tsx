import { Link } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import { type Page as Answer, useRead, withQuery } from '../../api/queries';
import { useFocusInList, useListKeys } from '../../shell/list-keys';
import { useHasRole, useSession } from '../../shell/session-context';
import { useView } from '../../shell/view';
import { Button, Empty, Loaded, Page, Split, Stack, Tabbed } from '../../ui';
import { neighbourOf } from '../care/held';
import { groupsOf, type OpinionLine } from './opinion';
import { OpinionDetail } from './opinion-detail';
import { OpinionList } from './opinion-list';

/** Shown of one list; beyond it the oldest are read in their pathway. */
const LINES_MAX = 200;
const OPINIONS = '/api/tele-expertise/opinion-requests';

type Tab = 'toGive' | 'mine' | 'all';

/** Opinions to give and opinions asked for: the list, and beside it the one that was chosen. */
export function Opinions() {
  const { t } = useTranslation('opinions');
  const [view, change] = useView();
  const tabs = useTabs();
  const tab = tabs.find((one) => one === view['tab']) ?? tabs[0] ?? 'mine';
  return (
    <Page
      title={t('title')}
      actions={
        <Button component={Link} to="/opinions/new" leftSection={<IconPlus size={16} aria-hidden />}>
          {t('new.open')}
        </Button>
      }
    >
      <Tabbed
        label={t('title')}
        tabs={tabs}
        labelOf={(one) => t(`tab.${one}`)}
        shown={tab}
        onShow={(shown) => {
          change({ tab: shown, request: undefined }, { isStep: true });
        }}
      >
        <OpinionsOf key={tab} tab={tab} />
      </Tabbed>
    </Page>
  );
}

/** Whose lists one has: those who answer, those who ask, and who watches over all of them. */
function useTabs(): readonly Tab[] {
  const answers = useHasRole('specialist', 'chair');
  const asks = useHasRole('specialist', 'requester', 'coordinator', 'chair');
  const watches = useHasRole('coordinator');
  return [
    ...(answers ? (['toGive'] as const) : []),
    ...(asks ? (['mine'] as const) : []),
    ...(watches ? (['all'] as const) : []),
  ];
}

function OpinionsOf({ tab }: { readonly tab: Tab }) {
  const { t } = useTranslation('opinions');
  const { practitionerId } = useSession();
  const [view, change] = useView();
  const me = practitionerId ?? '';
  const whose = tab === 'all' ? {} : tab === 'toGive' ? { expertId: me } : { requesterId: me };
  const read = useRead<Answer<OpinionLine>>(withQuery(OPINIONS, { ...whose, limit: LINES_MAX }), {
    isEnabled: tab === 'all' || me !== '',
  });
  const side = tab === 'toGive' ? 'expert' : 'requester';
  const groups = groupsOf(read.data?.items ?? [], side);
  const lines = groups.flatMap((one) => one.lines);
  const ids = lines.map(({ id }) => id);
  const selected = view['request'];
  const select = (request: string): void => {
    change({ request }, { isStep: selected === undefined });
  };
  useListKeys(ids, selected, select);
  const keepFocus = useFocusInList(selected);
  if (tab !== 'all' && me === '') return <Empty title={t('empty.unlisted')}>{t('empty.unlistedText')}</Empty>;
  return (
    <Loaded read={read}>
      {() =>
        groups.length === 0 && selected === undefined ? (
          <NoOpinions tab={tab} />
        ) : (
          <Split
            isDetailOpen={selected !== undefined}
            onBack={() => {
              change({ request: undefined });
            }}
            list={
              <Stack gap="sm">
                <OpinionList side={side} groups={groups} selected={selected} onSelect={select} />
              </Stack>
            }
            detail={
              selected === undefined ? (
                <Empty title={t('choose.title')}>{t('choose.text')}</Empty>
              ) : (
                <OpinionDetail
                  key={selected}
                  id={selected}
                  onAnswered={() => {
                    const next = neighbourOf(lines, selected);
                    if (next !== undefined) select(next);
                    keepFocus();
                  }}
                />
              )
            }
          />
        )
      }
    </Loaded>
  );
}

function NoOpinions({ tab }: { readonly tab: Tab }) {
  const { t } = useTranslation('opinions');
  return (
    <Empty
      title={t(`empty.${tab}`)}
      action={
        tab === 'toGive' ? undefined : (
          <Button component={Link} to="/opinions/new" variant="default">
            {t('new.open')}
          </Button>
        )
      }
    >
      {t(`emptyText.${tab}`)}
    </Empty>
  );
}
