import { useTranslation } from 'react-i18next';

import { useRead } from '../../api/queries';
import { Loaded, Radio, Stack, Text } from '../../ui';
import { useTimes } from '../care/care-words';
import type { ProtocolVersion } from '../protocols/protocol-types';
import type { EnrolPartProps } from './enrol-patient';

/** Which protocol: the version in use of each, with the day until which it may take anybody. */
export function EnrolProtocol({ form, change, errors }: EnrolPartProps) {
  const { t } = useTranslation('enrolment');
  const times = useTimes();
  const read = useRead<{ readonly items: readonly ProtocolVersion[] }>('/api/pathways/protocols');
  return (
    <Loaded read={read} rows={4}>
      {({ items }) => (
        <Radio.Group
          label={t('protocol.label')}
          required
          value={form.protocolId}
          error={errors['protocolId'] ?? errors['protocolVersion'] ?? errors['paymentContractId']}
          onChange={(protocolId) => {
            change({ protocolId, team: {}, facts: {} });
          }}
        >
          <Stack gap="sm" mt="xs">
            {activeOf(items).map(({ id, version, title, notice, reviewBy }) => (
              <Radio
                key={id}
                value={id}
                label={
                  <>
                    <Text fw={640} size="sm" component="span" display="block">
                      {title}
                    </Text>
                    <Text size="xs" c="dimmed" component="span" display="block">
                      {t('protocol.version', { version, day: times.day(reviewBy) })} · {notice}
                    </Text>
                  </>
                }
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
    </Loaded>
  );
}

/** The newest version in use of each protocol. */
function activeOf(items: readonly ProtocolVersion[]): readonly ProtocolVersion[] {
  const active = items.filter(({ status }) => status === 'active').sort((a, b) => a.version - b.version);
  return [...new Map(active.map((one) => [one.id, one])).values()];
}
