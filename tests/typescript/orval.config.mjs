export default {
  cms: {
    input: "../cms/content/api/snapshots/openapi.json",
    output: { target: "generated/orval/client.ts", client: "fetch", mode: "split" },
  },
};
