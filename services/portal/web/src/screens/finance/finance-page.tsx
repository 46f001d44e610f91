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

export interface Crumb {
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
  readonly actions?: (place: FinancePlace) => ReactNode;
  readonly children: (place: FinancePlace) => ReactNode;
}

/** A finance screen: the way to its neighbours, its book and its month. */
export function FinancePage(props: FinancePageProps) {
  const { t } = useTranslation('finance');
  const books = useRead<{ readonly items: readonly Book[] }>('/api/capitation/books');
  const asked = usePathName('book');
  return (
    <Loaded read={books}>
      {({ items }) => {
        const book = items.find(({ id }) => shortOf(id) === asked) ?? items[0];
        if (book === undefined || (asked !== '' && shortOf(book.id) !== asked))
          return (
            <Page title={props.title}>
              <Empty title={t('noBook.title')}>{t('noBook.text')}</Empty>
            </Page>
          );
        return <InBook {...props} book={book} />;
      }}
    </Loaded>
  );
}

function InBook({ book, ...props }: FinancePageProps & { readonly book: Book }) {
  const path = bookPath(shortOf(book.id));
  const months = useRead<{ readonly items: readonly MonthRow[] }>(`${path}/months`);
  const [filters, change] = useFilters();
  const { now } = usePlace();
  const thisMonth = now.slice(0, 7);
  return (
    <Loaded read={months}>
      {({ items }) => {
        const latest = items.filter(({ month }) => month <= thisMonth).at(-1)?.month ?? thisMonth;
        const month = filters['month'] ?? latest;
        const place = { book: shortOf(book.id), currency: book.currency, month, path };
        return (
          <Page
            title={props.title}
            lead={<Crumbs crumbs={props.crumbs ?? []} book={place.book} />}
            actions={
              <>
                {props.hasMonth === true ? (
                  <MonthField
                    month={month}
                    first={items[0]?.month ?? thisMonth}
                    last={thisMonth}
                    onChange={(next) => {
                      change({ month: next });
                    }}
                  />
                ) : null}
                {props.actions?.(place)}
              </>
            }
          >
            <Sections current={props.section} place={place} />
            {props.children(place)}
          </Page>
        );
      }}
    </Loaded>
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
