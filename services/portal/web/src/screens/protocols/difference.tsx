import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { useRead } from '../../api/queries';
import { Anchor, Empty, List, Loaded, Page, Panel } from '../../ui';
import { usePathIds } from '../screen-route';
import type { Difference } from './protocol-types';

/** What one version does otherwise than another, in sentences that a clinician reads. */
export function DifferenceScreen() {
  const { t, i18n } = useTranslation('protocols');
  const { protocol = '', version = '', other = '' } = usePathIds();
  const read = useRead<Difference>(`/api/pathways/protocols/${protocol}/versions/${version}/difference/${other}`);
  const language = i18n.language === 'en' ? 'en' : 'fr';
  return (
    <Page
      title={t('difference.title', { from: other, to: version })}
      lead={
        <Anchor component={Link} to={`/protocols/${protocol}/${version}`}>
          {t('difference.back')}
        </Anchor>
      }
    >
      <Loaded read={read}>
        {({ words }) =>
          words[language].length === 0 ? (
            <Empty title={t('difference.none')} />
          ) : (
            <Panel title={t('difference.changes', { count: words[language].length })}>
              <List spacing="xs">
                {words[language].map((sentence) => (
                  <List.Item key={sentence}>{sentence}</List.Item>
                ))}
              </List>
            </Panel>
          )
        }
      </Loaded>
    </Page>
  );
}
