// Each test asserts about all pools of the process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
