import { Button, Center, Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import {
  createSortedRowModel,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  sortFn_text,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic, text: sortFn_text },
});

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** What the rows are sorted by; without it the column cannot be sorted. Money as a number of its minor units. */
  readonly sortBy?: (row: Row) => string | number | undefined;
  readonly isNumber?: boolean;
  /** Below which the column is not squeezed by its neighbours, as CSS says it. */
  readonly minWidth?: string;
}

export interface DataTableProps<Row> {
  /** What the table holds, for who does not see it. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  readonly selectedId?: string | undefined;
  /** A row can then be chosen by mouse, arrow keys and Enter. */
  readonly onOpen?: (row: Row) => void;
  readonly empty?: ReactNode;
  /** Asks for the next page; absent when there is none. */
  readonly onMore?: (() => void) | undefined;
  readonly isLoadingMore?: boolean;
  readonly foot?: ReactNode;
}

/** A list as a table: sorted by its headings, walked through by arrow keys, page after page. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { t } = useTranslation();
  const [sorting, setSorting] = useState<SortingState>([]);
  const body = useRef<HTMLTableSectionElement>(null);
  const definitions = useMemo(
    () =>
      props.columns.map(({ id, header, sortBy }) => ({
        ...{ id, header, enableSorting: sortBy !== undefined, sortUndefined: 'last' as const },
        accessorFn: (row: Row) => sortBy?.(row),
      })),
    [props.columns],
  );
  const data = useMemo(() => [...props.rows], [props.rows]);
  const table = useTable({
    ...{ features, columns: definitions, data },
    state: { sorting },
    onSortingChange: setSorting,
  });
  const rows = table.getRowModel().rows;
  if (rows.length === 0 && props.empty !== undefined) return <>{props.empty}</>;
  // What can be scrolled must be reached by keyboard, also where nothing in it takes the focus.
  const isPlain = props.onOpen === undefined && props.columns.every(({ sortBy }) => sortBy === undefined);
  const scrolled = isPlain ? { tabIndex: 0, role: 'group', 'aria-label': props.caption } : {};
  return (
    <Table.ScrollContainer minWidth={320} type="native" {...scrolled}>
      <Table verticalSpacing={7} highlightOnHover={props.onOpen !== undefined} stickyHeader>
        <caption className="visually-hidden">{props.caption}</caption>
        <Table.Thead>
          <Table.Tr>
            {table.getHeaderGroups()[0]?.headers.map(({ column }, index) => (
              <Heading
                key={column.id}
                label={props.columns[index]?.header ?? ''}
                isNumber={props.columns[index]?.isNumber === true}
                sorted={column.getIsSorted()}
                onSort={
                  column.getCanSort()
                    ? () => {
                        column.toggleSorting();
                      }
                    : undefined
                }
              />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody ref={body} onKeyDown={walk}>
          {rows.map((row, index) => (
            <BodyRow key={props.idOf(row.original)} row={row.original} isFirst={index === 0} {...props} />
          ))}
        </Table.Tbody>
        {props.foot === undefined ? null : <Table.Tfoot>{props.foot}</Table.Tfoot>}
      </Table>
      {props.onMore === undefined ? null : (
        <Center p="sm">
          <Button variant="default" size="compact-md" loading={props.isLoadingMore === true} onClick={props.onMore}>
            {t('more')}
          </Button>
        </Center>
      )}
    </Table.ScrollContainer>
  );
}

interface HeadingProps {
  readonly label: string;
  readonly isNumber: boolean;
  readonly sorted: false | 'asc' | 'desc';
  readonly onSort: (() => void) | undefined;
}

function Heading({ label, isNumber, sorted, onSort }: HeadingProps) {
  const Arrow = sorted === 'desc' ? IconArrowDown : IconArrowUp;
  return (
    <Table.Th
      scope="col"
      ta={isNumber ? 'right' : 'left'}
      aria-sort={sorted === false ? undefined : sorted === 'asc' ? 'ascending' : 'descending'}
    >
      {onSort === undefined ? (
        label
      ) : (
        <UnstyledButton fw={700} fz="sm" mih={24} onClick={onSort}>
          {label} {sorted === false ? null : <Arrow size={13} aria-hidden />}
        </UnstyledButton>
      )}
    </Table.Th>
  );
}

type BodyRowProps<Row> = Pick<DataTableProps<Row>, 'columns' | 'idOf' | 'selectedId' | 'onOpen'> & {
  readonly row: Row;
  readonly isFirst: boolean;
};

function BodyRow<Row>({ row, isFirst, columns, idOf, selectedId, onOpen }: BodyRowProps<Row>) {
  const isSelected = selectedId === idOf(row);
  // One row of a table is in the order of Tab; the arrows move among the others.
  const isEntry = selectedId === undefined ? isFirst : isSelected;
  const open = onOpen && {
    tabIndex: isEntry ? 0 : -1,
    style: { cursor: 'pointer' },
    onClick: () => {
      onOpen(row);
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.target !== event.currentTarget) return;
      event.preventDefault();
      onOpen(row);
    },
  };
  return (
    <Table.Tr
      data-row={idOf(row)}
      aria-current={isSelected || undefined}
      {...open}
      bg={isSelected ? 'var(--ariane-calm-ground)' : undefined}
    >
      {columns.map((column) => (
        <Table.Td
          key={column.id}
          ta={column.isNumber === true ? 'right' : 'left'}
          className={column.isNumber === true ? 'numbers' : undefined}
          miw={column.minWidth}
        >
          {column.cell(row)}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

/** Arrow keys go from row to row. */
function walk(event: KeyboardEvent<HTMLTableSectionElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const from = event.target instanceof HTMLElement ? event.target.closest('tr') : null;
  const to = event.key === 'ArrowDown' ? from?.nextElementSibling : from?.previousElementSibling;
  if (!(to instanceof HTMLElement) || to.tabIndex < -1) return;
  event.preventDefault();
  to.focus();
}
