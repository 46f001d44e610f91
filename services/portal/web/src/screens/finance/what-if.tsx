import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { call } from '../../api/client';
import type { Problem } from '../../api/problem';
import { useRead } from '../../api/queries';
import { Button, Empty, Failure, Group, Loaded, Panel, Select, SimpleGrid, Stack, Text, TextInput } from '../../ui';
import { versionPath } from './contract-life';
import { DryRunReport } from './dry-run-report';
import { FinancePage } from './finance-page';
import { type FinancePlace, shortOf, useFilters } from './place';
import type { Contract, ContractHead, DryRun } from './contract-types';

/** What would other terms have paid? Real inputs of a month, other parameters or another version; nothing is posted. */
export function WhatIf() {
  const { t } = useTranslation('finance');
  return (
    <FinancePage title={t('whatIf.title')} section="whatIf" hasMonth>
      {(place) => <Choice place={place} />}
    </FinancePage>
  );
}

function Choice({ place }: { readonly place: FinancePlace }) {
  const { t } = useTranslation('finance');
  const [filters, change] = useFilters();
  const read = useRead<{ readonly items: readonly ContractHead[] }>('/api/capitation/payment-contracts');
  return (
    <Loaded read={read}>
      {({ items }) => {
        const paying = items.filter(({ bookId }) => bookId !== null && shortOf(bookId) === place.book);
        const active = [...new Set(paying.map(({ id }) => id))];
        const inputsOf = filters['contract'] ?? active.at(-1);
        const names = items.map(({ id, version }) => `${id} v${String(version)}`);
        const known = items.filter(({ id }) => id === inputsOf).at(-1);
        const under = filters['under'] ?? (known === undefined ? undefined : `${known.id} v${String(known.version)}`);
        const chosen = items.find(({ id, version }) => `${id} v${String(version)}` === under);
        if (inputsOf === undefined || chosen === undefined) return <Empty title={t('variance.noContract')} />;
        return (
          <Stack gap="md">
            <Panel title={t('whatIf.question')}>
              <Text size="sm" mb="sm">
                {t('whatIf.lead')}
              </Text>
              <Group align="flex-end">
                <Select
                  label={t('whatIf.inputsOf')}
                  data={active}
                  value={inputsOf}
                  allowDeselect={false}
                  w={240}
                  onChange={(value) => {
                    change({ contract: value ?? undefined, under: undefined });
                  }}
                />
                <Select
                  label={t('whatIf.under')}
                  data={names}
                  value={under ?? null}
                  allowDeselect={false}
                  w={260}
                  searchable
                  onChange={(value) => {
                    change({ under: value ?? undefined });
                  }}
                />
              </Group>
            </Panel>
            <Terms key={`${inputsOf} ${under ?? ''}`} inputsOf={inputsOf} under={chosen} month={place.month} />
          </Stack>
        );
      }}
    </Loaded>
  );
}

interface TermsProps {
  readonly inputsOf: string;
  readonly under: ContractHead;
  readonly month: string;
}

function Terms({ inputsOf, under, month }: TermsProps) {
  const read = useRead<Contract>(versionPath(under));
  return (
    <Loaded read={read}>{(contract) => <Simulate inputsOf={inputsOf} contract={contract} month={month} />}</Loaded>
  );
}

interface SimulateProps {
  readonly inputsOf: string;
  readonly contract: Contract;
  readonly month: string;
}

function Simulate({ inputsOf, contract, month }: SimulateProps) {
  const { t } = useTranslation('finance');
  const given = contract.document.params ?? {};
  const [changed, setChanged] = useState<Readonly<Record<string, string>>>({});
  const params = { ...given, ...changed };
  const simulate = useMutation<DryRun, Problem, Readonly<Record<string, string>>>({
    mutationFn: (terms) =>
      call<DryRun>('/api/capitation/payment-contracts/simulations', {
        method: 'POST',
        body: {
          ...{ inputsOf, month },
          document: Object.keys(given).length === 0 ? contract.document : { ...contract.document, params: terms },
        },
      }),
  });
  return (
    <Stack gap="md">
      <Panel title={t('whatIf.terms')}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            simulate.mutate(params);
          }}
        >
          <Stack gap="sm">
            {Object.keys(given).length === 0 ? (
              <Text size="sm">{t('whatIf.noParams')}</Text>
            ) : (
              <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
                {Object.entries(given).map(([name, value]) => (
                  <TextInput
                    key={name}
                    label={name}
                    description={
                      changed[name] === undefined || changed[name] === value
                        ? t('whatIf.asInContract')
                        : t('whatIf.insteadOf', { value })
                    }
                    value={params[name] ?? ''}
                    error={simulate.error?.fields[`params.${name}`]}
                    onChange={(event) => {
                      const next = event.currentTarget.value;
                      setChanged((before) => ({ ...before, [name]: next }));
                    }}
                  />
                ))}
              </SimpleGrid>
            )}
            <Group>
              <Button type="submit" loading={simulate.isPending}>
                {t('whatIf.simulate')}
              </Button>
              {Object.keys(changed).length === 0 ? null : (
                <Button
                  variant="default"
                  onClick={() => {
                    setChanged({});
                  }}
                >
                  {t('whatIf.reset')}
                </Button>
              )}
            </Group>
          </Stack>
        </form>
      </Panel>
      {simulate.error === null ? null : <Failure error={simulate.error} />}
      {simulate.data === undefined ? null : <DryRunReport report={simulate.data} />}
    </Stack>
  );
}
