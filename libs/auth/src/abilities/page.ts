import { personRoles } from '@ariane/kernel';

import type { Role } from '../principal';
import {
  acquainted,
  answering,
  asked,
  askedBefore,
  breakingGlass,
  careTeam,
  coordinating,
  itsReader,
  owner,
  ownParty,
  type Relation,
  requesting,
  thePatient,
  themselves,
  trustedPerson,
  voting,
} from './relations';

/** Roles that may do it: anywhere in their territory, or to what they stand to in one of the relations. */
export interface Grant {
  readonly roles: readonly Role[];
  readonly to?: readonly Relation[];
}

const all = (...roles: readonly Role[]): Grant => ({ roles });
const where = (to: readonly Relation[], ...roles: readonly Role[]): Grant => ({ roles, to });

/** Who looks after pathways, and those of them who act on what they find. */
const carers = ['coordinator', 'requester', 'specialist', 'meeting-secretary', 'chair'] as const;
const responders = ['coordinator', 'requester', 'specialist', 'chair'] as const;
/** Everybody but patients and who stands by them. */
const workers = personRoles.filter((role) => role !== 'patient');
/** Professionals who are parties in the books. */
const parties = ['coordinator', 'requester', 'specialist'] as const;
const accountants = ['finance', 'finance-approver'] as const;
const bookReaders = ['finance', 'finance-approver', 'auditor', 'service'] as const;
/** A pathway is seen by its care team, and by who answers one of its alerts. */
const caring = [careTeam, answering] as const;
/** An opinion is of who asks for it and of the experts asked. */
const concerned = [requesting, asked, askedBefore] as const;

/**
 * Who may what, to which of it: the only place. What is not here is refused. Territories are not here: they are an
 * argument of every read, and nobody is of two.
 */
export const page = {
  Patient: {
    list: [all('coordinator', 'requester')],
    create: [all('coordinator', 'requester')],
    change: [all('coordinator', 'requester')],
    import: [all('coordinator', 'territory-administrator')],
    record: [all('coordinator', 'requester'), where([careTeam], 'specialist')],
    read: [
      all('coordinator', 'requester', 'service'),
      where([careTeam], 'specialist', 'meeting-secretary', 'chair'),
      where([breakingGlass], 'specialist', 'chair'),
      where([thePatient], 'patient'),
    ],
    plan: [where([...caring, breakingGlass], 'coordinator', 'requester', 'specialist'), all('service')],
  },
  Pathway: {
    create: [all('coordinator', 'requester')],
    list: [where([careTeam], ...carers), where([thePatient, trustedPerson], 'patient'), all('service')],
    /** Under neutral labels, as the patient reads it until what it is about has been announced. */
    'read-neutral': [
      where([...caring, breakingGlass], ...carers),
      where([thePatient, trustedPerson], 'patient'),
      all('service'),
    ],
    read: [where(caring, ...carers), where([breakingGlass], ...responders), all('service')],
    record: [where(caring, ...responders)],
    change: [where(caring, 'coordinator', 'specialist')],
    staff: [where(caring, 'coordinator')],
    migrate: [where(caring, 'coordinator', 'specialist', 'chair')],
    approve: [where(caring, 'specialist', 'chair')],
    advance: [all('service')],
    /** What the patient asks of the team, in their own words: theirs and the team's. */
    'ask-team': [where([thePatient, trustedPerson], 'patient')],
    'read-requests': [where(caring, ...carers), where([thePatient], 'patient')],
  },
  WorkItem: { list: [where([itsReader], ...carers)] },
  Result: { acknowledge: [where(caring, ...responders)] },
  Task: {
    list: [where([owner, careTeam], ...carers), all('service')],
    change: [where(caring, ...responders)],
    'hand-over': [where(caring, 'coordinator')],
  },
  Alert: {
    list: [where([owner, careTeam], ...carers), all('service')],
    answer: [where([owner, ...caring], ...responders)],
    oversee: [all('territory-administrator')],
  },
  /** A file that is opened in an emergency, by whom nothing else lets in; and its review. */
  Glass: {
    break: [all(...responders)],
    read: [all('territory-administrator', 'auditor')],
    review: [all('territory-administrator', 'auditor')],
  },
  /** What was disclosed to whom; of each service. */
  Audit: {
    search: [all('auditor')],
    verify: [all('auditor', 'territory-administrator')],
    /** Who saw one patient's file. */
    'read-accesses': [all('auditor'), where([thePatient], 'patient'), where([coordinating], 'coordinator')],
  },
  Protocol: {
    list: [all(...carers, 'protocol-editor', 'territory-administrator', 'service')],
    read: [
      all('coordinator', 'specialist', 'chair', 'protocol-editor', 'territory-administrator', 'auditor', 'service'),
    ],
    publish: [all('protocol-editor', 'territory-administrator')],
    migrate: [all('coordinator', 'specialist', 'chair', 'protocol-editor', 'territory-administrator')],
  },
  Directory: {
    read: [all(...carers, 'territory-administrator', 'service')],
    create: [all('coordinator', 'territory-administrator', 'service')],
  },

  Appointment: {
    read: [all(...parties, 'meeting-secretary', 'auditor', 'service')],
    request: [all('coordinator', 'service')],
    book: [all(...parties, 'service')],
    record: [all('coordinator', 'specialist', 'service')],
    /** Without step or kind of visit, and moved among the times that their team leaves them. */
    'read-own': [where([thePatient, trustedPerson], 'patient')],
    'move-own': [where([thePatient, trustedPerson], 'patient')],
  },
  Slot: { list: [all(...parties, 'meeting-secretary', 'service')] },
  Calendar: {
    read: [all(...parties, 'meeting-secretary', 'territory-administrator', 'service')],
    create: [all('coordinator', 'territory-administrator', 'service')],
    change: [all('coordinator', 'territory-administrator', 'service'), where([themselves], 'specialist')],
  },
  DutyRoster: {
    read: [all(...parties, 'meeting-secretary', 'territory-administrator', 'service')],
    change: [all('coordinator', 'territory-administrator', 'service')],
  },
  Leave: {
    read: [all(...parties, 'meeting-secretary', 'territory-administrator', 'service')],
    record: [all('coordinator', 'territory-administrator', 'service'), where([themselves], 'specialist', 'requester')],
  },

  OpinionRequest: {
    /** Acts for whoever asks, as the pathway's coordination. */
    coordinate: [all('coordinator', 'service')],
    read: [all('coordinator', 'service'), where(concerned, 'requester', 'specialist', 'chair')],
    create: [all('coordinator', 'service'), where([requesting], 'requester', 'specialist')],
    answer: [where(concerned, 'specialist', 'chair')],
    redirect: [all('coordinator'), where(concerned, 'specialist', 'chair')],
    cancel: [all('coordinator'), where(concerned, 'requester', 'specialist')],
  },

  Meeting: {
    read: [all(...carers, 'service')],
    create: [all('meeting-secretary', 'coordinator', 'chair', 'territory-administrator', 'service')],
  },
  MeetingCase: {
    read: [all(...carers, 'service')],
    create: [all('coordinator', 'requester', 'specialist', 'meeting-secretary', 'service')],
    record: [all('meeting-secretary', 'chair', 'coordinator', 'specialist')],
    decide: [all('chair', 'specialist', 'requester')],
  },

  Book: {
    read: [all(...bookReaders)],
    /** Of each book, what is booked for oneself. */
    'read-own': [all(...parties)],
    create: [all(...accountants, 'service')],
    export: [all(...bookReaders)],
    guard: [all('finance-approver')],
  },
  Entry: { read: [all(...bookReaders)], reverse: [all('finance-approver')] },
  Pending: { read: [all(...bookReaders)], change: [all(...accountants, 'service')] },
  Statement: {
    read: [all(...bookReaders), where([ownParty], ...parties)],
    create: [all(...accountants, 'service')],
  },
  Dispute: {
    read: [all(...bookReaders), where([ownParty], ...parties)],
    create: [all(...accountants), where([ownParty], ...parties)],
    answer: [all(...accountants, 'service')],
    decide: [all('finance-approver')],
  },
  Period: {
    read: [all(...bookReaders)],
    prepare: [all(...accountants)],
    approve: [all('finance-approver')],
  },
  Payment: {
    read: [all(...accountants, 'auditor')],
    prepare: [all(...accountants)],
    approve: [all('finance-approver')],
    export: [all('finance-approver')],
  },
  RemittanceAdvice: { read: [all(...accountants, 'auditor'), where([ownParty], ...parties)] },
  PaymentContract: {
    read: [all(...bookReaders)],
    create: [all(...accountants, 'service')],
    simulate: [all(...accountants, 'service')],
    review: [all(...accountants)],
    activate: [all('finance-approver', 'service')],
    end: [all('finance-approver')],
    settle: [all('finance', 'service')],
    'read-inputs': [all(...accountants, 'auditor')],
  },
  SplitKey: {
    read: [all(...accountants, 'auditor'), where([voting], ...parties)],
    vote: [where([voting], ...parties)],
  },
  /** Members, acts and outside bills that payers tell of. */
  Roster: {
    read: [all(...bookReaders)],
    change: [all('finance', 'service')],
    correct: [all('finance-approver')],
  },

  /** The portal's own: what is behind them is asked of the services, in the name of who is signed in. */
  Screen: {
    open: [all(...personRoles)],
    work: [all(...workers)],
  },

  /** The name beside an id, as screens join it. Finance, auditors and administrators see none, whoever they are besides. */
  PatientName: {
    read: [
      all('coordinator', 'requester'),
      where([acquainted], 'specialist', 'meeting-secretary', 'chair'),
      where([thePatient], 'patient'),
    ],
    'read-presented': [all('meeting-secretary', 'chair')],
  },
  /** Who is behind an account that acted, such as the one that prepared a payment: a colleague, to colleagues. */
  AccountName: { read: [all(...workers)] },

  /** That something has changed, told to open screens: of a pathway, of a case of any pathway, and of what is of none. */
  Change: {
    'hear-pathway': [where([itsReader], ...carers)],
    'hear-case': [all('meeting-secretary', 'chair')],
    'hear-pathways': [all(...carers, 'protocol-editor', 'territory-administrator')],
    'hear-scheduling': [all(...carers, 'territory-administrator')],
    'hear-tele-expertise': [all(...carers)],
    'hear-meetings': [all(...carers)],
    'hear-capitation': [all(...accountants, 'auditor')],
  },

  /** The way in without an account: who gives it, and who has come by it. */
  PatientLink: { create: [all(...parties)], use: [all('patient')] },

  Operations: {
    operate: [all('service')],
    oversee: [all('territory-administrator', 'service')],
    look: [all('territory-administrator', 'auditor')],
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly Grant[]>>>>;

/** What acts are done to, in our domain's words. */
export type Subject = keyof typeof page;
/** The acts that the page knows of a subject. */
export type ActionOn<S extends Subject> = string & keyof (typeof page)[S];
