// @slack/web-api: calls of every kind, a refusal, a 429 that it waits for, and
// a file from its announcement to its end.
import assert from 'node:assert/strict';
import { ana, packages, person, plain, slackApiUrl, token } from './workspace.mjs';

const { WebClient } = packages('@slack/web-api');
const slack = new WebClient(token, { slackApiUrl });

const me = await slack.auth.test();
assert.equal(me.bot_id, 'B01WAYMARK0');
const { user } = await slack.users.info({ user: ana, include_locale: true });
assert.equal(user.tz, 'Europe/Berlin');
const people = [];
for await (const page of slack.paginate('users.list', { limit: 2 })) people.push(...page.members);
assert.ok(people.length >= 6, `${people.length} people on all pages`);

const { channel } = await slack.conversations.open({ users: ana, return_im: true });
const post = await slack.chat.postMessage({
  channel: channel.id, text: 'one', metadata: { event_type: 'note', event_payload: { id: '7' } },
  blocks: [{ type: 'section', text: plain('one') }],
});
await slack.chat.update({ channel: post.channel, ts: post.ts, text: 'two', blocks: [] });
const history = await slack.conversations.history({ channel: channel.id, include_all_metadata: true, limit: 1 });
assert.equal(history.messages[0].text, 'two');
assert.equal(history.messages[0].metadata.event_payload.id, '7');
const { permalink } = await slack.chat.getPermalink({ channel: channel.id, message_ts: post.ts });
assert.match(permalink, /^https:\/\/waymark-trial\.slack\.com\/archives\/D01ANAMEYER\/p\d+$/);
await slack.chat.delete({ channel: post.channel, ts: post.ts });

await assert.rejects(
  slack.chat.postMessage({ channel: channel.id, text: 'x', blocks: [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }] }),
  (err) => err.data.error === 'invalid_blocks' && err.data.response_metadata.messages.length > 0,
);
await assert.rejects(slack.views.open({ trigger_id: '1.2.3', view: { type: 'modal', title: plain('T'), blocks: [] } }),
  (err) => err.data.error === 'invalid_trigger_id');
await slack.views.publish({ user_id: ana, view: { type: 'home', blocks: [{ type: 'header', text: plain('Your goals') }] } });
assert.equal((await person('home?person=ana')).blocks[0].text.text, 'Your goals');

await person('fault', { kind: 'rate_limit', method: 'auth.test', retry_after: 1 });
assert.ok((await slack.auth.test()).ok, 'the client waits and asks again');

const uploaded = await slack.files.uploadV2({
  channel_id: channel.id, filename: 'plan.md', title: 'Your plan', content: '# Plan', initial_comment: 'Here it is', alt_text: 'The plan',
});
const file = uploaded.files[0].files[0];
const last = (await person('messages?person=ana')).at(-1);
assert.equal(last.text, 'Here it is');
assert.equal(Buffer.from(last.files[0].content, 'base64').toString(), '# Plan');
assert.equal((await slack.files.info({ file: file.id })).file.title, 'Your plan');
await slack.files.delete({ file: file.id });
await assert.rejects(slack.files.info({ file: file.id }), (err) => err.data.error === 'file_not_found');
