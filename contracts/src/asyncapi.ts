import { catalogue, allEvents } from './catalogue';
import { type EventContract, type Service, services, topicOf } from './define-event';
import { Envelope } from './envelope';

const ref = (pointer: string) => ({ $ref: `#/${pointer}` });
const messageName = (contract: EventContract): string => contract.type.replaceAll('.', '_');

const messageOf = (contract: EventContract) => ({
  name: contract.type,
  title: contract.fact,
  summary: contract.about,
  contentType: 'application/cloudevents+json',
  payload: {
    type: 'object',
    properties: { ...Envelope.properties, data: contract.data },
    required: [...Envelope.required, 'data'],
  },
  examples: [
    {
      name: contract.fact,
      summary: 'The data, opened; on Kafka it is sealed in data_base64.',
      payload: { data: contract.example },
    },
  ],
});

const channelOf = (service: Service) => ({
  address: topicOf(service),
  description: `Facts of ${service}, keyed by subject, in order per subject; data sealed with the key that keyid names.`,
  messages: Object.fromEntries(
    Object.values<EventContract>(catalogue[service]).map((contract) => [
      messageName(contract),
      ref(`components/messages/${messageName(contract)}`),
    ]),
  ),
});

/** The published language as an AsyncAPI 3 document: a fold of the catalogue, so that it cannot say anything else. */
export function asyncApiDocument(): object {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Ariane events',
      version: '1.0.0',
      description: 'What the services of Ariane tell one another. Every field carries a privacy class.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/cloudevents+json',
    channels: Object.fromEntries(services.map((service) => [service, channelOf(service)])),
    operations: Object.fromEntries(
      services.map((service) => [`publish-${service}`, { action: 'send', channel: ref(`channels/${service}`) }]),
    ),
    components: {
      messages: Object.fromEntries(allEvents.map((contract) => [messageName(contract), messageOf(contract)])),
    },
  };
}
