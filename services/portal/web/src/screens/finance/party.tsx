import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { OrganisationName, PersonName } from '../../shell/names';
import { Anchor } from '../../ui';
import { partsOf } from './account-parts';
import { going } from './place';
import { useWord } from './words';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Who something is owed to or by: a professional by name, a file by its pseudonym and never by a patient's name. */
export function Party({ id }: { readonly id: string }) {
  const { t } = useTranslation('finance');
  const [kind = '', name = ''] = id.split(':');
  if (kind === 'prac') return ID.test(name) ? <PersonName id={name} /> : <span>{name}</span>;
  if (kind === 'org') return ID.test(name) ? <OrganisationName id={name} /> : <span>{name}</span>;
  return <span>{id.startsWith('ep-') ? t('file', { file: id.slice(3, 11) }) : id}</span>;
}

/** What an account is, in words, and for whom. */
export function AccountName({ account }: { readonly account: string }) {
  const { t } = useTranslation('finance');
  const word = useWord();
  const { kind, party, contract, file, rest } = partsOf(account);
  return (
    <span>
      {word('account', kind)}
      {party === undefined ? null : (
        <>
          {' '}
          <Party id={party} />
        </>
      )}
      {contract === undefined ? null : ` · ${contract}`}
      {file === undefined ? null : ` · ${t('file', { file: file.slice(3, 11) })}`}
      {rest === undefined ? null : ` · ${rest}`}
    </span>
  );
}

/** Leads to an entry. */
export function EntryLink({ id, children }: { readonly id: string; readonly children: string }) {
  return (
    <Anchor component={Link} {...going('/finance/entries/$entry', { entry: id })} size="sm">
      {children}
    </Anchor>
  );
}
