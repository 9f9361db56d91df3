// Pools belong to the process, and tests ask whether everything has been given back: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
