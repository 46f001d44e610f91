import agenda from './agenda.json';
import alerts from './alerts.json';
import care from './care.json';
import common from './common.json';
import enrolment from './enrolment.json';
import finance from './finance.json';
import links from './links.json';
import meetings from './meetings.json';
import more from './more.json';
import myDay from './my-day.json';
import opinions from './opinions.json';
import pathways from './pathways.json';
import protocols from './protocols.json';
import shell from './shell.json';
import team from './team.json';
import words from './words.json';

export default {
  agenda,
  alerts,
  care,
  common,
  enrolment,
  finance,
  links,
  meetings,
  more,
  myDay,
  opinions,
  pathways,
  protocols,
  shell,
  team,
  words,
};
