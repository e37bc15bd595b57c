/* Shows how far a job is. The work goes on in a worker, whether or not this page is open. */
(() => {
    const job = document.getElementById("job");
    if (!job || job.dataset.finished === "true") return;
    const ask = async () => {
        try {
            const answer = await fetch(job.dataset.stateUrl, { headers: { Accept: "application/json" } });
            if (!answer.ok) throw new Error(String(answer.status));
            const state = await answer.json();
            document.getElementById("job-label").textContent = state.label;
            document.getElementById("job-numbers").textContent = state.total ? `${state.done} / ${state.total}` : "";
            document.getElementById("job-progress").value = state.share;
            if (state.finished || (state.silent && job.dataset.silent === "false")) {
                window.location.reload();
                return;
            }
        } catch {
            /* The server may be away for a moment; the next question will tell. */
        }
        setTimeout(ask, 1000);
    };
    setTimeout(ask, 500);
})();
