import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useRead } from '../../api/queries';
import { usePlace } from '../../shell/session-context';
import { Anchor, Breadcrumbs, Empty, Group, Loaded, NavLink, Page, Text } from '../../ui';
import { MonthField } from './month-field';
import { bookPath, type FinancePlace, shortOf, useFilters, usePathName, going } from './place';
import { type Section, sections } from './sections';
import type { Book, MonthRow } from './types';

interface Crumb {
  readonly label: string;
  readonly to?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly search?: Readonly<Record<string, string | undefined>>;
}

export interface FinancePageProps {
  readonly title: string;
  readonly section: Section;
  readonly crumbs?: readonly Crumb[];
  /** Whether the screen is about one month, which one then chooses at its top. */
  readonly hasMonth?: boolean;
  readonly children: (place: FinancePlace) => ReactNode;
}

type List<T> = { readonly items: readonly T[] };

/** A finance screen: the way to its neighbours, its book and its month. */
export function FinancePage(props: FinancePageProps) {
  const { t } = useTranslation('finance');
  const books = useRead<List<Book>>('/api/capitation/books');
  const asked = usePathName('book');
  const [filters, change] = useFilters();
  const { now } = usePlace();
  const thisMonth = now.slice(0, 7);
  const all = books.data?.items ?? [];
  const book = asked === '' ? all[0] : all.find(({ id }) => shortOf(id) === asked);
  const short = shortOf(book?.id ?? '');
  const months = useRead<List<MonthRow>>(`${bookPath(short)}/months`, { isEnabled: book !== undefined });
  const booked = months.data?.items ?? [];
  const latest = booked.filter(({ month }) => month <= thisMonth).at(-1)?.month ?? thisMonth;
  const month = filters['month'] ?? latest;
  const isKnown = book !== undefined && (months.data !== undefined || filters['month'] !== undefined);
  const place = isKnown ? { book: short, currency: book.currency, month, path: bookPath(short) } : undefined;
  const isMissing = books.data !== undefined && book === undefined;
  return (
    <Page
      title={props.title}
      lead={<Crumbs crumbs={props.crumbs ?? []} book={book === undefined ? asked : short} />}
      actions={
        place !== undefined && props.hasMonth === true ? (
          <MonthField
            month={month}
            first={booked[0]?.month ?? thisMonth}
            last={thisMonth}
            onChange={(next) => {
              change({ month: next });
            }}
          />
        ) : undefined
      }
    >
      {isMissing ? <Empty title={t('noBook.title')}>{t('noBook.text')}</Empty> : null}
      {place === undefined ? (
        <Loaded<object> read={book === undefined ? books : months}>{() => null}</Loaded>
      ) : (
        <>
          <Sections current={props.section} place={place} />
          {props.children(place)}
        </>
      )}
    </Page>
  );
}

function Crumbs({ crumbs, book }: { readonly crumbs: readonly Crumb[]; readonly book: string }) {
  const { t } = useTranslation('finance');
  return (
    <Breadcrumbs separator="›" styles={{ root: { flexWrap: 'wrap' } }}>
      <Text size="sm">{t('book', { book })}</Text>
      {crumbs.map(({ label, to, params, search }) =>
        to === undefined ? (
          <Text key={label} size="sm" aria-current="page">
            {label}
          </Text>
        ) : (
          <Anchor key={label} component={Link} {...going(to, params, search)} size="sm">
            {label}
          </Anchor>
        ),
      )}
    </Breadcrumbs>
  );
}

function Sections({ current, place }: { readonly current: Section; readonly place: FinancePlace }) {
  const { t } = useTranslation('finance');
  return (
    <Group component="nav" gap={2} aria-label={t('sections')} className="no-print">
      {sections.map(({ id, to, icon: Icon }) => (
        <NavLink
          key={id}
          component={Link}
          {...going(to, { book: place.book }, { month: place.month })}
          activeOptions={{ exact: true, includeSearch: false }}
          label={t(`nav.${id}`)}
          leftSection={<Icon size={16} stroke={1.7} aria-hidden />}
          active={current === id}
          aria-current={current === id ? 'page' : undefined}
          variant="light"
          w="auto"
          py={4}
          px="xs"
          styles={{ root: { borderRadius: 'var(--mantine-radius-md)' }, section: { marginInlineEnd: 6 } }}
        />
      ))}
    </Group>
  );
}
