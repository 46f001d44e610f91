import { useEffect, useState } from 'react';
import { Accesses } from './accesses-screen';
import { Appointments } from './appointments-screen';
import { Ask } from './ask-screen';
import { Course } from './course-screen';
import { usePage } from './page-context';
import { Read } from './parts';
import { Preferences } from './preferences-screen';
import { Today } from './today-screen';
import { useRead } from './use-read';

/** Who one is here. */
export interface Me {
  readonly patientId: string;
  readonly relation: 'patient' | 'trusted-person';
  readonly name: string;
  readonly to: string;
  readonly now: string;
  readonly preferences: {
    readonly channel: 'email' | 'sms';
    readonly language: 'fr' | 'en';
    readonly wantsReminders?: boolean;
  };
  readonly devices: readonly { readonly deviceId: string; readonly since: string; readonly isThis: boolean }[];
}

const places = ['today', 'appointments', 'pathway', 'accesses', 'ask', 'preferences'] as const;
type Place = (typeof places)[number];

const placeHere = (): Place => places.find((one) => window.location.hash === `#${one}`) ?? 'today';

/** The patient's page, a screen at a time; the address says which, so that one is there again after a reload. */
export function Home() {
  const { words } = usePage();
  const [place, setPlace] = useState(placeHere);
  const me = useRead<Me>('/api/patient/me');
  const pathways = useRead<{ items: readonly { id: string; status: string }[] }>('/api/pathways/pathways');
  useEffect(() => {
    const moved = (): void => {
      setPlace(placeHere());
    };
    window.addEventListener('hashchange', moved);
    return () => {
      window.removeEventListener('hashchange', moved);
    };
  }, []);
  const pathwayId = (pathways.data?.items.find(({ status }) => status === 'under-way') ?? pathways.data?.items[0])?.id;
  // What others read is told to the patient alone.
  const shown = places.filter((one) => one !== 'accesses' || me.data?.relation === 'patient');
  return (
    <>
      <nav aria-label={words.thisPage}>
        <ul>
          {shown.map((one) => (
            <li key={one}>
              <a href={`#${one}`} aria-current={one === place ? 'page' : undefined}>
                {words[one]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Read reading={me}>{(known) => <Screen place={place} me={known} again={me.again} pathwayId={pathwayId} />}</Read>
    </>
  );
}

interface ScreenProps {
  readonly place: Place;
  readonly me: Me;
  readonly again: () => void;
  readonly pathwayId: string | undefined;
}

function Screen({ place, me, again, pathwayId }: ScreenProps) {
  switch (place) {
    case 'today':
      return <Today me={me} pathwayId={pathwayId} />;
    case 'appointments':
      return <Appointments />;
    case 'pathway':
      return <Course pathwayId={pathwayId} />;
    case 'accesses':
      return <Accesses patientId={me.patientId} />;
    case 'ask':
      return <Ask pathwayId={pathwayId} isPatient={me.relation === 'patient'} />;
    case 'preferences':
      return <Preferences me={me} again={again} />;
  }
}
