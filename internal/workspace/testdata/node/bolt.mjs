// A Bolt app: it answers a message, a command, a click and a form, a shortcut
// on a message, and the Home tab.
import assert from 'node:assert/strict';
import { appToken, form, packages, person, plain, said, sees, slackApiUrl, token } from './workspace.mjs';

const { App, LogLevel } = packages('@slack/bolt');
const app = new App({ token, appToken, socketMode: true, clientOptions: { slackApiUrl }, logLevel: LogLevel.ERROR });
const errors = [];
app.error(async (err) => { errors.push(err); });

const goal = {
  type: 'modal', callback_id: 'goal', title: plain('New goal'), submit: plain('Save'), notify_on_close: true, private_metadata: 'first',
  blocks: [{ type: 'input', block_id: 'name', label: plain('What do you want to reach?'), element: { type: 'plain_text_input', action_id: 'text' } }],
};
app.message(async ({ message, say }) => {
  if (message.subtype) return;
  await say({
    text: 'Shall we add a goal?',
    blocks: [{ type: 'section', text: plain('Shall we add a goal?') },
      { type: 'actions', block_id: 'q', elements: [{ type: 'button', action_id: 'add', text: plain('Add a goal') }] }],
  });
});
app.action('add', async ({ ack, body, client, respond }) => {
  await ack();
  await client.views.open({ trigger_id: body.trigger_id, view: goal });
  await respond({ text: 'A goal it is', replace_original: true });
});
app.view('goal', async ({ ack, body, view, client }) => {
  const name = view.state.values.name.text.value;
  if (name === 'x') return ack({ response_action: 'errors', errors: { name: 'A few words more' } });
  await ack();
  await client.chat.postMessage({ channel: body.user.id, text: `Goal ${view.private_metadata}: ${name}` });
});
app.view({ callback_id: 'goal', type: 'view_closed' }, async ({ ack, body, client }) => {
  await ack();
  await client.chat.postMessage({ channel: body.user.id, text: 'No goal then' });
});
app.command('/goals', async ({ ack, command, respond }) => {
  await ack(`one goal, ${command.text}`);
  await respond('and a milestone');
});
app.shortcut('save_win', async ({ ack, shortcut, client }) => {
  await ack();
  await client.chat.postMessage({ channel: shortcut.user.id, text: `Saved from #${shortcut.channel.name}: ${shortcut.message.text}` });
});
app.event('app_home_opened', async ({ event, client }) => {
  if (event.tab !== 'home') return;
  await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [{ type: 'header', text: plain('Your goals') }] } });
});
await app.start();

// a message and a click
await person('say', { person: 'ana', text: 'hello' });
const question = await said('Shall we add a goal?');
await person('click', { person: 'ana', ts: question.ts, action_id: 'add' });
await said('A goal it is');

// a form
const open = await form('New goal');
const wrong = await person('submit', { person: 'ana', view_id: open.id, values: { text: 'x' } });
assert.deepEqual(wrong, { action: 'errors', errors: { name: 'A few words more' } });
assert.equal((await person('submit', { person: 'ana', view_id: open.id, values: { text: 'Pass the exam' } })).action, 'closed');
await said('Goal first: Pass the exam');
await person('say', { person: 'ana', text: 'another' });
const again = await sees('Ana is asked again', async () =>
  (await person('messages?person=ana')).findLast((m) => m.ts > question.ts && m.actions.length > 0));
await person('click', { person: 'ana', ts: again.ts, action_id: 'add' });
await person('close', { person: 'ana', view_id: (await form('New goal')).id });
await said('No goal then');

// a command
await person('command', { person: 'ana', command: '/goals', text: 'all' });
await said('and a milestone');
assert.ok((await person('messages?person=ana')).some((m) => m.ephemeral && m.text === 'one goal, all'));

// a shortcut where the bot is no member, and the Home tab
const praise = (await person('messages?person=ana&channel=C01TEAM0000'))[0];
await person('shortcut', { person: 'ana', callback_id: 'save_win', channel: 'C01TEAM0000', ts: praise.ts });
await said('Saved from #team: ' + praise.text);
await person('open_home', { person: 'ana' });
await sees('the Home tab', async () => {
  try {
    return (await person('home?person=ana')).blocks[0].text.text === 'Your goals';
  } catch {
    return false;
  }
});
assert.deepEqual(errors, []);
await app.stop();
