import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type Page as Items, useRead } from '../../api/queries';
import { countText, instantText } from '../../formats';
import { usePlace } from '../../shell/session-context';
import { Button, Facts, Loaded, Page, Panel, SimpleGrid, Stack, StatusMark, Text } from '../../ui';

/** Each keeps and seals its own audit; the portal's says whose names were shown. */
const services = ['pathways', 'scheduling', 'tele-expertise', 'meetings', 'capitation', 'portal'] as const;
type Service = (typeof services)[number];

interface Head {
  readonly seq: number;
  readonly hash: string;
  readonly at: string;
}

interface VerifiedChain {
  readonly good: boolean;
  readonly documents: number;
  readonly unsealed: number;
  readonly fault?: {
    readonly seq: number;
    readonly reason: 'changed' | 'missing' | 'misplaced' | 'inserted' | 'unsigned';
  };
}

/** The audit of each service: its newest signed head, and whether anybody has touched what stands before it. */
export function Audit() {
  const { t } = useTranslation('more');
  return (
    <Page title={t('audit.title')} lead={t('audit.lead')}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        {services.map((service) => (
          <Chain key={service} service={service} />
        ))}
      </SimpleGrid>
    </Page>
  );
}

function Chain({ service }: { readonly service: Service }) {
  const { t } = useTranslation('more');
  const place = usePlace();
  const heads = useRead<Items<Head>>(`/api/${service}/audit/heads?limit=1`);
  const [isAsked, setAsked] = useState(false);
  return (
    <Panel
      title={t(`audit.of.${service}`)}
      actions={
        <Button
          size="compact-md"
          variant="default"
          disabled={isAsked}
          aria-label={`${t('audit.verify')} : ${t(`audit.of.${service}`)}`}
          onClick={() => {
            setAsked(true);
          }}
        >
          {t('audit.verify')}
        </Button>
      }
    >
      <Loaded read={heads} rows={2}>
        {({ items: [head] }) =>
          head === undefined ? (
            <Text size="sm">{t('audit.noHead')}</Text>
          ) : (
            <Facts
              rows={[
                [t('audit.sealed'), countText(head.seq, place.language)],
                [t('audit.at'), instantText(head.at, place.now, place)],
                [t('audit.hash'), <code key="hash">{head.hash.slice(0, HASH_SHOWN)}…</code>],
              ]}
            />
          )
        }
      </Loaded>
      <div aria-live="polite">{isAsked ? <Verified service={service} /> : null}</div>
    </Panel>
  );
}

/** Of a hash so much as tells it from another by eye. */
const HASH_SHOWN = 16;

function Verified({ service }: { readonly service: Service }) {
  const { t } = useTranslation('more');
  const read = useRead<VerifiedChain>(`/api/${service}/audit/verify`);
  return (
    <Loaded read={read} rows={1}>
      {({ good, documents, unsealed, fault }) => (
        <Stack gap={4} mt="sm" align="flex-start">
          <StatusMark tone={good ? 'done' : 'urgent'}>{good ? t('audit.good') : t('audit.bad')}</StatusMark>
          <Text size="sm">{t('audit.walked', { count: documents })}</Text>
          {unsealed === 0 ? null : <Text size="sm">{t('audit.unsealed', { count: unsealed })}</Text>}
          {fault === undefined ? null : (
            <Text size="sm">{t('audit.fault', { seq: fault.seq, reason: t(`audit.reason.${fault.reason}`) })}</Text>
          )}
        </Stack>
      )}
    </Loaded>
  );
}
