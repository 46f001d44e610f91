type Sending = Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> };

/** What a browser keeps and sends: cookies of one host by their paths, and where a page of the portal comes from. */
export class Browser {
  readonly origin: string;
  private readonly kept = new Map<string, { name: string; path: string; value: string }>();

  constructor(origin: string) {
    this.origin = origin;
  }

  cookie(name: string): string | undefined {
    return [...this.kept.values()].find((one) => one.name === name)?.value;
  }

  setCookie(name: string, value: string, path = '/'): void {
    this.kept.set(`${name} ${path}`, { name, path, value });
  }

  dropCookie(name: string, path = '/'): void {
    this.kept.delete(`${name} ${path}`);
  }

  /** One request, whose redirects are not followed. A POST says that it comes from a page of the portal. */
  async send(url: string, init: Sending = {}): Promise<Response> {
    const { headers, method = 'GET' } = init;
    const whole = new URL(url, this.origin);
    const sent = [...this.kept.values()].filter(({ path }) => whole.pathname.startsWith(path));
    const cookie = sent.map(({ name, value }) => `${name}=${value}`).join('; ');
    const response = await fetch(whole, {
      ...init,
      redirect: 'manual',
      headers: {
        ...(cookie === '' ? {} : { cookie }),
        ...(method === 'GET' ? {} : { origin: this.origin }),
        ...headers,
      },
    });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    return response;
  }

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/';
    if (value === '' || attributes.some((one) => /^max-age=0$/i.test(one))) this.dropCookie(name, path);
    else this.setCookie(name, value, path);
  }

  /** Follows redirects from an address until one is answered; gives the answer and where it stands. */
  async follow(url: string, until?: (next: string) => boolean): Promise<{ url: string; response: Response }> {
    let next = new URL(url, this.origin).href;
    for (let hops = 0; hops < 12; hops += 1) {
      if (until?.(next) === true) return { url: next, response: new Response() };
      const response = await this.send(next);
      const location = response.headers.get('location');
      if (location === null) return { url: next, response };
      next = new URL(location, next).href;
    }
    throw new Error('The redirects do not end.');
  }

  /** Signs in as somebody of the demo by the provider's page, as a click on its button does. */
  async signIn(person: string, to = '/'): Promise<{ url: string; response: Response }> {
    const { url } = await this.follow(`/auth/login?to=${encodeURIComponent(to)}`);
    return this.choose(url, person);
  }

  /** The click on the provider's page that stands at `url`. */
  async choose(
    url: string,
    person: string,
    until?: (next: string) => boolean,
  ): Promise<{ url: string; response: Response }> {
    const chosen = await this.send(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `person=${person}`,
    });
    return this.follow(new URL(chosen.headers.get('location') ?? 'http://no.redirect', url).href, until);
  }
}
