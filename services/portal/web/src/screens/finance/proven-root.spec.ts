import { provenRoot } from './proven-root';

/** As the books gave it for an entry of the demo. */
const proof = {
  hash: '13b2f4eb0c4231d931883ea8dc655b0fd547cf4fa26a37141101b5978590eea5',
  steps: [
    { side: 'right', hash: 'e062fad330763b60dd511c86aa3e58b3dc45843de0640822777126a55fdfa1f4' },
    { side: 'left', hash: '5193cc143c6e82852c8127c0b67781af00e401b0533f2c9375ffac2e13660027' },
    { side: 'right', hash: 'a11adb538649e68f1ad176449dd457e7e1a575ddcceaf27e6b0cba4442dd2869' },
  ],
} as const;
const root = 'ef31487888c915540df7af316a52395f45902cb9c422e4395361f4a14ca44cd3';

describe('the proof of an entry', () => {
  it('leads from its hash to the root under which its batch was sealed', async () => {
    expect(await provenRoot(proof)).toBe(root);
  });

  it('leads elsewhere when the entry was touched', async () => {
    expect(await provenRoot({ ...proof, hash: proof.hash.replace('1', '2') })).not.toBe(root);
  });
});
