import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useRead } from '../../api/queries';
import { usePlace } from '../../shell/session-context';
import { Anchor, Breadcrumbs, Empty, Group, Loaded, NavLink, Page, Select, Text } from '../../ui';
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
  /** The book of what is shown, where neither the address nor the reader says which. */
  readonly book?: string | undefined;
  /** Whether the screen is about one month, which one then chooses at its top. */
  readonly hasMonth?: boolean;
  readonly children: (place: FinancePlace) => ReactNode;
}

type List<T> = { readonly items: readonly T[] };

/** A finance screen: the way to its neighbours, its book and its month. */
export function FinancePage(props: FinancePageProps) {
  const { t } = useTranslation('finance');
  const books = useRead<List<Book>>('/api/capitation/books');
  const named = usePathName('book');
  const [filters, change] = useFilters();
  const asked = named === '' ? (props.book ?? filters['book'] ?? '') : named;
  const { now } = usePlace();
  const thisMonth = now.slice(0, 7);
  const all = books.data?.items ?? [];
  const book = asked === '' ? all[0] : all.find(({ id }) => shortOf(id) === asked);
  const short = shortOf(book?.id ?? '');
  const months = useRead<List<MonthRow>>(`${bookPath(short)}/months`, { isEnabled: book !== undefined });
  const booked = months.data?.items ?? [];
  const latest = booked.filter(({ month }) => month <= thisMonth).at(-1)?.month ?? thisMonth;
  const month = filters['month'] ?? latest;
  // The months of the book that was shown before say nothing of this one.
  const areRead = months.data !== undefined && !months.isPlaceholderData;
  const isKnown = book !== undefined && (areRead || filters['month'] !== undefined);
  const place = isKnown ? { book: short, currency: book.currency, month, path: bookPath(short) } : undefined;
  const isMissing = books.data !== undefined && book === undefined;
  return (
    <Page
      title={props.title}
      lead={<Crumbs crumbs={props.crumbs ?? []} book={book === undefined ? asked : short} />}
      actions={
        <>
          {place === undefined || all.length < 2 ? null : (
            <BookField books={all} book={short} section={props.section} />
          )}
          {place !== undefined && props.hasMonth === true ? (
            <MonthField
              month={month}
              first={booked[0]?.month ?? thisMonth}
              last={thisMonth}
              onChange={(next) => {
                change({ month: next });
              }}
            />
          ) : null}
        </>
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

interface BookFieldProps {
  readonly books: readonly Book[];
  readonly book: string;
  readonly section: Section;
}

/** Goes to the same part of another book. */
function BookField({ books, book, section }: BookFieldProps) {
  const { t } = useTranslation('finance');
  const navigate = useNavigate();
  const to = sections.find(({ id }) => id === section)?.to ?? '/finance/$book';
  return (
    <Select
      aria-label={t('bookChoice')}
      w={200}
      data={books.map(({ id }) => shortOf(id))}
      value={book}
      allowDeselect={false}
      onChange={(chosen) => {
        if (chosen !== null) void navigate(toSection(to, { book: chosen }));
      }}
    />
  );
}

/** A part of a book: its address names the book, in its path where it has one of its own. */
function toSection(to: string, { book, month }: { readonly book: string; readonly month?: string }) {
  return going(to, { book }, to.includes('$book') ? { month } : { month, book });
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
          {...toSection(to, place)}
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
