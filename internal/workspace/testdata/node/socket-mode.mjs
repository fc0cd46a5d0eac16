// @slack/socket-mode: events, commands and clicks with their acks, and a
// connection that Slack asks to open anew.
import assert from 'node:assert/strict';
import { appToken, packages, person, plain, said, sees, slackApiUrl, token } from './workspace.mjs';

const { SocketModeClient, LogLevel } = packages('@slack/socket-mode');
const { WebClient } = packages('@slack/web-api');
const socket = new SocketModeClient({ appToken, logLevel: LogLevel.ERROR, clientOptions: { slackApiUrl } });
const slack = new WebClient(token, { slackApiUrl });

let connections = 0;
socket.on('connected', () => { connections++; });
socket.on('message', async ({ event, ack }) => {
  await ack();
  if (event.bot_id || event.subtype) return;
  await slack.chat.postMessage({
    channel: event.channel, text: 'heard ' + event.text,
    blocks: [{ type: 'actions', block_id: 'q', elements: [{ type: 'button', action_id: 'go', value: '7', text: plain('Go') }] }],
  });
});
socket.on('slash_commands', ({ body, ack }) => ack({ text: `ran ${body.command} ${body.text}` }));
socket.on('interactive', async ({ body, ack }) => {
  await ack();
  await slack.chat.postMessage({ channel: body.user.id, text: 'pressed ' + body.actions[0].value });
});

await socket.start();
await person('say', { person: 'ana', text: 'hello' });
const question = await said('heard hello');
await person('click', { person: 'ana', ts: question.ts, action_id: 'go' });
await said('pressed 7');
const { ts } = await person('command', { person: 'ana', command: '/goals', text: 'all' });
const reply = (await person('messages?person=ana')).find((m) => m.ts === ts);
assert.equal(reply.text, 'ran /goals all');
assert.equal(reply.ephemeral, true);

// What is said while it is away arrives afterwards.
await person('fault', { kind: 'disconnect', reason: 'refresh_requested' });
await person('say', { person: 'ana', text: 'meanwhile' });
await sees('the client is connected again', () => connections === 2);
await said('heard meanwhile');
await socket.disconnect();
