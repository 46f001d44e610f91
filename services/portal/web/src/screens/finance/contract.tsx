import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { useRead } from '../../api/queries';
import { dayText } from '../../formats';
import { usePlace } from '../../shell/session-context';
import { Anchor, DataTable, Facts, Grid, Group, List, Loaded, Notice, Panel, Stack, Text } from '../../ui';
import { ComponentList } from './component-list';
import { ContractLife } from './contract-life';
import { FinancePage } from './finance-page';
import { Party } from './party';
import { usePathName, going } from './place';
import { Hash } from './proof-panel';
import { ContractMark } from './state-mark';
import type { Contract, ContractDocument } from './contract-types';

/** A payment contract as one reads it, and where it is in its life. */
export function ContractScreen() {
  const { t } = useTranslation('finance');
  const [contract, version] = [usePathName('contract'), usePathName('version')];
  const read = useRead<Contract>(
    `/api/capitation/payment-contracts/${encodeURIComponent(contract)}/versions/${encodeURIComponent(version)}`,
  );
  const name = t('contract.version', { contract, version });
  return (
    <FinancePage
      title={name}
      section="contracts"
      crumbs={[{ label: t('contract.title'), to: '/finance/contracts' }, { label: name }]}
    >
      {() => (
        <Loaded read={read}>
          {(found) => (
            <Grid gap="md">
              <Grid.Col span={{ base: 12, lg: 7 }}>
                <Stack gap="md">
                  <About contract={found} />
                  <Parameters document={found.document} />
                  <ComponentList components={found.document.components} />
                </Stack>
              </Grid.Col>
              <Grid.Col span={{ base: 12, lg: 5 }}>
                <ContractLife contract={found} />
              </Grid.Col>
            </Grid>
          )}
        </Loaded>
      )}
    </FinancePage>
  );
}

function About({ contract }: { readonly contract: Contract }) {
  const { t } = useTranslation('finance');
  const place = usePlace();
  const { document, validity, endsOn } = contract;
  const day = (at: string | null): string => (at === null ? t('contract.open') : dayText(at, place.now, place));
  return (
    <Panel title={document.title} actions={<ContractMark status={contract.status} />}>
      <Stack gap="sm">
        {document.illustrative === true ? <Notice color="yellow">{t('contract.illustrative')}</Notice> : null}
        <Facts
          rows={[
            ...Object.entries(document.parties).map(
              ([role, party]) => [t(`party.${roleOf(role)}`), <Party key={role} id={party} />] as const,
            ),
            [t('contract.from'), day(validity.from)],
            [t('contract.to'), day(endsOn ?? validity.to)],
            document.legalBasis === undefined ? undefined : [t('contract.legalBasis'), document.legalBasis],
            [t('proof.hash'), <Hash key="hash" of={contract.sha256} />],
          ]}
        />
        <Keys contract={contract} />
        {document.sources === undefined || document.sources.length === 0 ? null : (
          <div>
            <Text size="sm" fw={600}>
              {t('contract.sources')}
            </Text>
            <List size="sm">
              {document.sources.map((source) => (
                <List.Item key={source}>{source}</List.Item>
              ))}
            </List>
          </div>
        )}
      </Stack>
    </Panel>
  );
}

const roleOf = (role: string) => (['payer', 'holder', 'manufacturer'] as const).find((one) => one === role) ?? 'other';

function Keys({ contract }: { readonly contract: Contract }) {
  const { t } = useTranslation('finance');
  const keys = Object.keys(contract.document.keys ?? {});
  if (keys.length === 0) return null;
  return (
    <Group gap="sm">
      {keys.map((key) => (
        <Anchor
          key={key}
          component={Link}
          {...going('/finance/contracts/$contract/keys/$key', { contract: contract.id, key })}
          size="sm"
        >
          {t('key.named', { key })}
        </Anchor>
      ))}
    </Group>
  );
}

function Parameters({ document }: { readonly document: ContractDocument }) {
  const { t } = useTranslation('finance');
  const rows = Object.entries(document.params ?? {}).map(([name, value]) => ({ name, value }));
  if (rows.length === 0) return null;
  return (
    <Panel title={t('contract.params')}>
      <DataTable
        caption={t('contract.params')}
        rows={rows}
        idOf={({ name }) => name}
        columns={[
          { id: 'name', header: t('contract.param'), cell: ({ name }) => name, sortBy: ({ name }) => name },
          { id: 'value', header: t('indicators.value'), isNumber: true, cell: ({ value }) => <strong>{value}</strong> },
        ]}
      />
    </Panel>
  );
}
