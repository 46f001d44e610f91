import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useRead, withQuery } from '../../api/queries';
import { useHasRole, usePlace } from '../../shell/session-context';
import { Button, Failure, Group, Panel, SimpleGrid, Stack, StatusMark, Text, TextInput } from '../../ui';
import { Download } from './download';
import { FinancePage } from './finance-page';
import type { FinancePlace } from './place';

/** The book for others: accountants, the tax office, the auditor. */
export function Exports() {
  const { t } = useTranslation('finance');
  return (
    <FinancePage title={t('exports.title')} section="exports">
      {(place) => (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
          <Panel title={t('exports.journal')}>
            <Stack gap="sm">
              <Text size="sm">{t('exports.journalText')}</Text>
              <Download path={`${place.path}/journal`} name="book.journal" label={t('exports.download')} />
            </Stack>
          </Panel>
          <YearFile place={place} kind="fec" />
          <YearFile place={place} kind="fee-declaration" />
          <Verify place={place} />
        </SimpleGrid>
      )}
    </FinancePage>
  );
}

function YearFile({ place, kind }: { readonly place: FinancePlace; readonly kind: 'fec' | 'fee-declaration' }) {
  const { t } = useTranslation('finance');
  const { now } = usePlace();
  const mayDeclare = useHasRole('finance', 'finance-approver');
  const [year, setYear] = useState(String(Number(now.slice(0, 4)) - 1));
  const [siren, setSiren] = useState('');
  if (kind === 'fee-declaration' && !mayDeclare) return null;
  const isYear = /^\d{4}$/.test(year);
  const isSiren = kind !== 'fec' || /^\d{9}$/.test(siren);
  const path = withQuery(`${place.path}/${kind}`, kind === 'fec' ? { siren, year } : { year });
  return (
    <Panel title={t(`exports.${kind}`)}>
      <Stack gap="sm">
        <Text size="sm">{t(`exports.${kind}Text`)}</Text>
        <Group align="flex-start">
          <TextInput
            label={t('exports.year')}
            inputMode="numeric"
            w={110}
            maxLength={4}
            value={year}
            error={isYear ? undefined : t('exports.yearError')}
            onChange={(event) => {
              setYear(event.currentTarget.value);
            }}
          />
          {kind === 'fec' ? (
            <TextInput
              label={t('exports.siren')}
              inputMode="numeric"
              w={160}
              maxLength={9}
              value={siren}
              error={isSiren || siren === '' ? undefined : t('exports.sirenError')}
              onChange={(event) => {
                setSiren(event.currentTarget.value);
              }}
            />
          ) : null}
        </Group>
        {isYear && isSiren ? (
          <Download
            path={path}
            name={kind === 'fec' ? `FEC-${year}.txt` : `fees-${year}.csv`}
            label={t('exports.download')}
          />
        ) : (
          <Text size="sm" c="dimmed">
            {t('exports.fillIn')}
          </Text>
        )}
      </Stack>
    </Panel>
  );
}

interface Verified {
  readonly good: boolean;
  readonly firstBadSeq?: number | null;
}

interface Progress {
  readonly running: { readonly done?: number; readonly of?: number } | null;
}

/** Reads the whole book again and says whether anybody has touched it; shows how far it is. */
function Verify({ place }: { readonly place: FinancePlace }) {
  const { t } = useTranslation('finance');
  const [isAsked, setAsked] = useState(false);
  const verified = useRead<Verified>(`${place.path}/verify`, { isEnabled: isAsked });
  const isRunning = isAsked && verified.isFetching;
  const progress = useRead<Progress>(`${place.path}/verify/progress`, { isEnabled: isRunning, everyMs: 1_000 });
  return (
    <Panel title={t('exports.verify')}>
      <Stack gap="sm">
        <Text size="sm">{t('exports.verifyText')}</Text>
        <Group aria-live="polite">
          <Button
            variant="default"
            size="compact-sm"
            loading={isRunning}
            onClick={() => {
              if (isAsked) void verified.refetch();
              setAsked(true);
            }}
          >
            {t('exports.verifyNow')}
          </Button>
          {isRunning && progress.data?.running ? <Text size="sm">{t('exports.verifying')}</Text> : null}
          {!isAsked || isRunning || verified.data === undefined ? null : verified.data.good ? (
            <StatusMark tone="done">{t('exports.good')}</StatusMark>
          ) : (
            <StatusMark tone="urgent">{t('exports.bad', { number: verified.data.firstBadSeq ?? '?' })}</StatusMark>
          )}
        </Group>
        {verified.error === null ? null : <Failure error={verified.error} />}
      </Stack>
    </Panel>
  );
}
