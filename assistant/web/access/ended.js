// Runs before anything else of the page: what the door says where it no longer lets somebody in, or not so soon.
(() => {
  const ENDED = '{"msg": "unexpected_error", "message": "Your login has ended';
  const byId = (id) => document.getElementById(id);

  const tell = (said, ended) => {
    const line = Object.assign(document.createElement('p'), { textContent: said });
    if (ended) {
      line.textContent = 'Your login has ended. ';
      line.append(Object.assign(document.createElement('a'), { href: 'login', textContent: 'Log in again' }));
      document.querySelector('#status p')?.replaceChildren();
    }
    document.dispatchEvent(new CustomEvent('talks:refused'));
    byId('notice')?.replaceChildren(line);
  };

  // A stream whose session has ended stays open for Gradio, which would write “Error” over the whole page.
  const watched = (body) => {
    const [reader, text] = [body.getReader(), new TextDecoder()];
    return new ReadableStream({
      async pull(controller) {
        // Whoever leaves the page ends its streams: no error, which Gradio would write down as one.
        const { done, value } = await reader.read().catch((error) => {
          if (error.name !== 'AbortError') throw error;
          return { done: true };
        });
        if (done) controller.close();
        else if (text.decode(value, { stream: true }).includes(ENDED)) {
          tell('', true);
          await new Promise(() => {});
        } else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    });
  };

  const ask = window.fetch;
  window.fetch = async (...what) => {
    const answer = await ask(...what);
    if (answer.status === 401 || answer.status === 429) {
      const said = await answer.clone().json().then((told) => told.detail, () => 'The server does not let this through.');
      tell(said, answer.status === 401);
    }
    if (!answer.body || !answer.headers.get('content-type')?.startsWith('text/event-stream')) return answer;
    return new Response(watched(answer.body), { status: answer.status, headers: answer.headers });
  };
})();
