import { useTranslation } from 'react-i18next';

import { useRead } from '../../api/queries';
import { useHasRole } from '../../shell/session-context';
import { Empty, Loaded, Page, Panel, Stack } from '../../ui';
import { FinancePage } from './finance-page';
import { KeyProposalPanel } from './key-proposal';
import { KeyProposeForm } from './key-propose-form';
import type { SplitKey } from './key-types';
import { usePathName } from './place';

/** A key that a team shares by: the one in force, the vote that is open, and those that were. */
export function SplitKeyScreen() {
  const { t } = useTranslation('finance');
  const seesBooks = useHasRole('finance', 'finance-approver', 'auditor');
  const [contract, key] = [usePathName('contract'), usePathName('key')];
  const title = t('key.named', { key });
  if (!seesBooks)
    return (
      <Page title={title} lead={contract}>
        <Content contract={contract} name={key} />
      </Page>
    );
  return (
    <FinancePage
      title={title}
      section="contracts"
      crumbs={[{ label: t('contract.title'), to: '/finance/contracts' }, { label: contract }, { label: title }]}
    >
      {() => <Content contract={contract} name={key} />}
    </FinancePage>
  );
}

function Content({ contract, name }: { readonly contract: string; readonly name: string }) {
  const { t } = useTranslation('finance');
  const path = `/api/capitation/payment-contracts/${encodeURIComponent(contract)}/keys/${encodeURIComponent(name)}`;
  const isTeam = useHasRole('specialist', 'requester', 'coordinator');
  const read = useRead<SplitKey>(path);
  return (
    <Loaded read={read}>
      {({ valid, open, past }) => (
        <Stack gap="md">
          {open === null ? null : <KeyProposalPanel path={path} proposal={open} title={t('key.open')} isOpen />}
          {valid === null ? (
            <Panel title={t('key.valid')}>
              <Empty title={t('key.none')}>{t('key.noneText')}</Empty>
            </Panel>
          ) : (
            <KeyProposalPanel path={path} proposal={valid} title={t('key.valid')} />
          )}
          {isTeam && open === null ? <KeyProposeForm path={path} /> : null}
          {past
            .filter(({ id }) => id !== valid?.id)
            .map((proposal) => (
              <KeyProposalPanel key={proposal.id} path={path} proposal={proposal} title={t('key.past')} />
            ))}
        </Stack>
      )}
    </Loaded>
  );
}
