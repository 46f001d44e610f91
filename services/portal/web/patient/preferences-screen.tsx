import { useState } from 'react';
import { dayText } from './dates';
import type { Me } from './home';
import { usePage } from './page-context';
import { Refused, Title } from './parts';
import { call, Refusal } from './server';
import { filled, type Language } from './words';

/** How one is written to, and which devices may open this page. Each choice is saved as it is made. */
export function Preferences({ me, again }: { readonly me: Me; readonly again: () => void }) {
  const { words, setLanguage } = usePage();
  const [told, setTold] = useState('');
  const [refusal, setRefusal] = useState<Refusal>();
  const { channel, language, wantsReminders = false } = me.preferences;
  const attempt = (path: string, method: 'PUT' | 'POST', body: object, done: () => void): void => {
    call(path, { method, body, key: crypto.randomUUID() }).then(
      () => {
        setTold(words.saved);
        setRefusal(undefined);
        done();
      },
      (error: unknown) => {
        setRefusal(error instanceof Refusal ? error : new Refusal(0, 'UNKNOWN', ''));
      },
    );
  };
  const prefer = (changed: { language?: Language; wantsReminders?: boolean }): void => {
    const body = { channel, language, wantsReminders, ...changed };
    attempt('/api/patient/preferences', 'PUT', body, again);
  };
  return (
    <>
      <Title>{words.preferences}</Title>
      <section className="card">
        <p>
          {words.channel} {channel === 'sms' ? words.channelSms : words.channelEmail} ({me.to}).
        </p>
        <label htmlFor="language">{words.language}</label>
        <select
          id="language"
          value={language}
          onChange={({ target }) => {
            const chosen = target.value === 'en' ? 'en' : 'fr';
            setLanguage(chosen);
            prefer({ language: chosen });
          }}
        >
          <option value="fr" lang="fr">
            Français
          </option>
          <option value="en" lang="en">
            English
          </option>
        </select>
        {me.relation === 'patient' ? (
          <label className="check">
            <input
              type="checkbox"
              checked={wantsReminders}
              onChange={({ target }) => {
                prefer({ wantsReminders: target.checked });
              }}
            />
            {words.reminders}
          </label>
        ) : null}
        <p className="soft small">{words.yourWord}</p>
        <p role="status">{told}</p>
        {refusal === undefined ? null : <Refused refusal={refusal} />}
      </section>
      <section className="card">
        <h2>{words.devices}</h2>
        <ul className="rows">
          {me.devices.map((one) => (
            <Device
              key={one.deviceId}
              device={one}
              onForget={() => {
                attempt(`/api/patient/devices/${one.deviceId}/revoke`, 'POST', {}, again);
              }}
            />
          ))}
        </ul>
      </section>
    </>
  );
}

interface DeviceProps {
  readonly device: Me['devices'][number];
  readonly onForget: () => void;
}

function Device({ device: { since, isThis }, onForget }: DeviceProps) {
  const { words, language } = usePage();
  const title = filled(words.device, { day: dayText(since, language) });
  return (
    <li>
      <strong>{title}</strong>
      {isThis ? <span className="soft"> · {words.deviceThis}</span> : null}
      <button type="button" onClick={onForget} aria-label={`${words.deviceForget}: ${title}`}>
        {words.deviceForget}
      </button>
    </li>
  );
}
