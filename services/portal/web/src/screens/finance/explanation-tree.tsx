import { Link } from '@tanstack/react-router';
import {
  IconBookmark,
  IconCalendarCheck,
  IconDivide,
  IconPackage,
  IconSum,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useRead } from '../../api/queries';
import { Anchor, Box, Group, Loaded, Panel, Stack, Text } from '../../ui';
import { Party } from './party';
import { useValueText } from './value-text';
import { going } from './place';
import type { Explanation } from './explanation';
import { useWord } from './words';

/** Weights that are shown at once; the rest can be opened. */
const WEIGHTS_SHOWN = 8;
const EVENTS_SHOWN = 6;

/** Why an entry's amount is what it is, down to parameters of the contract and events. */
export function ExplanationPanel({ entryId }: { readonly entryId: string }) {
  const { t } = useTranslation('finance');
  const read = useRead<{ readonly explanation: Explanation | null }>(
    `/api/capitation/entries/${encodeURIComponent(entryId)}/explanation`,
  );
  return (
    <Panel title={t('why.title')}>
      <Loaded read={read}>
        {({ explanation }) =>
          explanation === null ? (
            <Text size="sm">{t('why.byHand')}</Text>
          ) : (
            <Box component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
              <Node tree={explanation} />
            </Box>
          )
        }
      </Loaded>
    </Panel>
  );
}

/** One step of the explanation and, inset under it, what it is made from. */
function Node({ tree }: { readonly tree: Explanation }) {
  switch (tree.of) {
    case 'constant':
    case 'parameter':
      return <ContractLeaf tree={tree} />;
    case 'fact':
      return <FactLeaf tree={tree} />;
    case 'component':
      return <ComponentNode tree={tree} />;
    case 'operation':
      return <OperationNode tree={tree} />;
    case 'allocation':
      return <AllocationNode tree={tree} />;
  }
}

interface RowProps {
  readonly icon: TablerIcon;
  readonly ink: string;
  readonly label: ReactNode;
  readonly value: string;
  readonly children?: ReactNode;
}

function Row({ icon: Icon, ink, label, value, children }: RowProps) {
  const shown = useValueText();
  return (
    <Box component="li" py={3}>
      <Group gap={8} wrap="nowrap" align="flex-start">
        <Icon size={16} color={ink} style={{ marginTop: 3, flexShrink: 0 }} aria-hidden />
        <Text size="sm" style={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }} component="div">
          {label}
        </Text>
        <Text size="sm" fw={640} className="numbers" component="div">
          {shown(value)}
        </Text>
      </Group>
      {children === undefined ? null : (
        <Box
          component="ul"
          m={0}
          pl={14}
          ml={7}
          style={{ listStyle: 'none', borderInlineStart: '2px solid var(--ariane-line)' }}
        >
          {children}
        </Box>
      )}
    </Box>
  );
}

type Of<Kind extends Explanation['of']> = Extract<Explanation, { readonly of: Kind }>;

function ContractLeaf({ tree }: { readonly tree: Of<'constant' | 'parameter'> }) {
  const { t } = useTranslation('finance');
  const label = tree.of === 'constant' ? t('why.constant') : t('why.parameter', { name: tree.name });
  return <Row icon={IconBookmark} ink="var(--ariane-thread)" label={label} value={tree.value} />;
}

function FactLeaf({ tree }: { readonly tree: Of<'fact'> }) {
  const { t } = useTranslation('finance');
  const { name, value, events } = tree;
  return (
    <Row
      icon={IconCalendarCheck}
      ink="var(--ariane-done)"
      value={value}
      label={
        <>
          <FactName name={name} />
          {events.length === 0 ? null : (
            <Group gap={8} component="span">
              {events.slice(0, EVENTS_SHOWN).map((event, index) => (
                <Anchor key={event} component={Link} {...going('/finance/events/$event', { event })} size="xs" py={3}>
                  {t('why.event', { number: index + 1 })}
                </Anchor>
              ))}
              {events.length <= EVENTS_SHOWN ? null : (
                <Text span size="xs" c="dimmed">
                  {t('why.moreEvents', { count: events.length - EVENTS_SHOWN })}
                </Text>
              )}
            </Group>
          )}
        </>
      }
    />
  );
}

/** `prac:….points` is somebody's points. */
function FactName({ name }: { readonly name: string }) {
  const { t } = useTranslation('finance');
  const word = useWord();
  const [, party, field] = /^((?:prac|org):[^.]+)\.(.+)$/.exec(name) ?? [];
  if (party === undefined || field === undefined) return <>{t('why.fact', { name })} </>;
  return (
    <>
      {word('field', field)} · <Party id={party} />{' '}
    </>
  );
}

function ComponentNode({ tree }: { readonly tree: Of<'component'> }) {
  const { t } = useTranslation('finance');
  return (
    <Row icon={IconPackage} ink="var(--ariane-calm)" label={t('why.component', { name: tree.name })} value={tree.value}>
      <Node tree={tree.because} />
    </Row>
  );
}

function OperationNode({ tree }: { readonly tree: Of<'operation'> }) {
  const { t } = useTranslation('finance');
  const word = useWord();
  const clause = tree.clause === undefined ? '' : ` (${t('why.clause', { clause: tree.clause })})`;
  return (
    <Row
      icon={IconSum}
      ink="var(--ariane-calm)"
      label={`${word('operator', tree.operator)}${clause}`}
      value={tree.value}
    >
      {tree.from.map((one, index) => (
        <Node key={index} tree={one} />
      ))}
    </Row>
  );
}

function AllocationNode({ tree }: { readonly tree: Of<'allocation'> }) {
  const { t } = useTranslation('finance');
  const word = useWord();
  const own = tree.weights.filter(({ id }) => id === tree.id);
  const others = tree.weights.filter(({ id }) => id !== tree.id);
  const shown = others.slice(0, WEIGHTS_SHOWN);
  const rest = others.slice(WEIGHTS_SHOWN);
  const weight = ({ id, because }: (typeof others)[number]) => (
    <Row
      key={id}
      icon={IconDivide}
      ink="var(--mantine-color-dimmed)"
      label={<PartName id={id} isOwn={id === tree.id} />}
      value={because.of === 'fact' || because.of === 'constant' || because.of === 'parameter' ? '' : because.value}
    >
      <Node tree={because} />
    </Row>
  );
  return (
    <Row
      icon={IconDivide}
      ink="var(--ariane-calm)"
      label={
        <>
          {t('why.share')} <PartName id={tree.id} isOwn /> · {word('rule', tree.rule)}
        </>
      }
      value={tree.value}
    >
      <Node tree={tree.total} />
      {own.map(weight)}
      {shown.map(weight)}
      {rest.length === 0 ? null : (
        <li>
          <details>
            <summary style={{ fontSize: '0.875rem', padding: '4px 0' }}>
              {t('why.moreParts', { count: rest.length })}
            </summary>
            <Stack component="ul" gap={0} m={0} p={0} style={{ listStyle: 'none' }}>
              {rest.map(weight)}
            </Stack>
          </details>
        </li>
      )}
    </Row>
  );
}

function PartName({ id, isOwn }: { readonly id: string; readonly isOwn: boolean }) {
  const word = useWord();
  const name = id.includes(':') ? <Party id={id} /> : word('field', id);
  return isOwn ? <strong>{name}</strong> : <>{name}</>;
}
