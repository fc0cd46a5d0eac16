// The local workspace as the scripts beside this one see it: Slack's clients,
// and what a person does.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const env = (name) => {
  if (!process.env[name]) throw new Error(`${name} is not set`);
  return process.env[name];
};

// packages loads one of Slack's packages from where they were installed.
export const packages = createRequire(join(env('WAYMARK_TEST_NODE'), 'package.json'));
export const base = env('WAYMARK_URL');
export const slackApiUrl = base + 'api/';
export const token = env('SLACK_BOT_TOKEN');
export const appToken = env('SLACK_APP_TOKEN');
export const ana = 'U01ANAMEYER';

// person calls /_local/: what people do with a body, what they see without.
export async function person(path, body) {
  const res = await fetch(base + '_local/' + path, body ? { method: 'POST', body: JSON.stringify(body) } : {});
  const answer = await res.json();
  if (!res.ok) throw new Error(`${path}: ${answer.error}`);
  return answer;
}

// sees waits until something that Ana sees holds, and gives what it was.
export async function sees(what, look) {
  for (let i = 0; i < 400; i++) {
    const found = await look();
    if (found) return found;
    await pause(25);
  }
  throw new Error('waited in vain until ' + what);
}

// said waits until Ana is told something with these words.
export const said = (words) => sees(`Ana reads “${words}”`, async () =>
  (await person('messages?person=ana')).findLast((m) => m.from === 'bot' && m.text.includes(words)));

// form waits until Ana has a form open.
export const form = (title) => sees(`Ana sees the form “${title}”`, async () =>
  (await person('views?person=ana')).findLast((v) => v.title === title));

export const plain = (text) => ({ type: 'plain_text', text });
