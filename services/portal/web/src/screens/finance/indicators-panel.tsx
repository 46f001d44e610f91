import { useTranslation } from 'react-i18next';

import { useRead, withQuery } from '../../api/queries';
import { usePlace } from '../../shell/session-context';
import { DataTable, Empty, Loaded, Panel, StatusMark, Text } from '../../ui';
import type { FinancePlace } from './place';
import type { Indicator } from './types';
import { useWord } from './words';

/** Indicators, each with what it divides by what, what it was made from, or why it is not assessed. */
export function Indicators({ place }: { readonly place: FinancePlace }) {
  const { t } = useTranslation('finance');
  const { language } = usePlace();
  const word = useWord();
  const read = useRead<{ readonly items: readonly Indicator[] }>(
    withQuery(`${place.path}/indicators`, { month: place.month }),
  );
  const numberText = (value: string): string => (language === 'fr' ? value.replace('.', ',') : value);
  return (
    <Panel title={t('indicators.title')}>
      <Loaded read={read}>
        {({ items }) => (
          <DataTable
            caption={t('indicators.title')}
            rows={items}
            idOf={({ id }) => id}
            empty={<Empty title={t('indicators.none')} />}
            columns={[
              { id: 'name', header: t('indicators.name'), cell: (one) => <Definition of={one} /> },
              {
                ...{ id: 'value', header: t('indicators.value'), isNumber: true },
                cell: ({ state, value, unit }) =>
                  state === 'MEASURED' ? (
                    <strong>{`${numberText(value ?? '')} ${word('unit', unit)}`}</strong>
                  ) : (
                    <StatusMark tone="info">{t('indicators.notAssessed')}</StatusMark>
                  ),
              },
              {
                ...{ id: 'inputs', header: t('indicators.inputs') },
                cell: ({ inputs, denominator }) =>
                  inputs === undefined
                    ? t('indicators.missing', { what: word('counted', denominator) })
                    : `${numberText(inputs.numerator)} / ${inputs.denominator}`,
              },
              { id: 'version', header: t('indicators.version'), isNumber: true, cell: ({ version }) => version },
            ]}
          />
        )}
      </Loaded>
    </Panel>
  );
}

function Definition({ of: one }: { readonly of: Indicator }) {
  const { t } = useTranslation('finance');
  const { language } = usePlace();
  const word = useWord();
  const parts = { numerator: word('counted', one.numerator), denominator: word('counted', one.denominator) };
  return (
    <>
      <Text size="sm" fw={600}>
        {language === 'en' ? one.en : one.fr}
      </Text>
      <Text size="xs" c="dimmed">
        {t('indicators.definition', parts)}
      </Text>
    </>
  );
}
