namespace FlowGen;

/// <content>Workflow objects by id, for nodes that choose one, and whether they may be chosen.</content>
public sealed partial class FlowCatalog
{
    private readonly IServiceProvider? _services;

    /// <summary>The workflow object of an id, to be run by a <see cref="DynamicSubWorkflowAttribute"/> node.</summary>
    /// <typeparam name="TIn">What it takes; a tuple for several inputs, <see cref="FlowUnit"/> for none.</typeparam>
    /// <typeparam name="TOut">What it gives; <see cref="FlowUnit"/> for nothing.</typeparam>
    /// <param name="id">The id; case matters.</param>
    /// <remarks>
    /// The object is the one given to <see cref="Use"/>, else what the service provider gives, else one that the catalog makes and keeps.
    /// </remarks>
    /// <exception cref="FlowNotFoundException">There is none. The message names ids that are close.</exception>
    /// <exception cref="FlowInputException">It takes or gives something else, or needs constructor arguments and nobody provides the object.</exception>
    public FlowRef<TIn, TOut> Get<TIn, TOut>(string id)
    {
        CatalogEntry entry = EntryOf(id);
        object instance = InstanceOf(entry);
        return instance is IFlow<TIn, TOut> flow
            ? new FlowRef<TIn, TOut>(flow, entry)
            : throw new FlowInputException(
                $"Workflow '{id}' takes {Words(entry.Workflow.Inputs)} and gives {Words(entry.Workflow.Output)}; it was asked for as one that takes '{typeof(TIn)}' and gives '{typeof(TOut)}'.",
                id,
                cure: "Ask for it with its own types, or choose another workflow.");
    }

    /// <summary>The same where the id may be unknown.</summary>
    /// <typeparam name="TIn">What it takes.</typeparam>
    /// <typeparam name="TOut">What it gives.</typeparam>
    /// <param name="id">The id; case matters.</param>
    /// <param name="flow">The workflow; refers to nothing when there is none.</param>
    /// <returns>False when there is no workflow of this id, it is disabled, or it takes or gives something else.</returns>
    /// <exception cref="FlowInputException">It needs constructor arguments and nobody provides the object.</exception>
    public bool TryGet<TIn, TOut>(string id, out FlowRef<TIn, TOut> flow)
    {
        flow = default;
        if (!_entries.TryGetValue(id, out CatalogEntry? entry) || !entry.IsEnabled || InstanceOf(entry) is not IFlow<TIn, TOut> found)
        {
            return false;
        }

        flow = new FlowRef<TIn, TOut>(found, entry);
        return true;
    }

    /// <summary>Gives the object that runs when its workflow is chosen, where the catalog cannot make one or shall not.</summary>
    /// <param name="workflow">An object of a workflow of this catalog.</param>
    /// <exception cref="FlowNotFoundException">Its class is no workflow of this catalog.</exception>
    public void Use(object workflow)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        Type type = workflow.GetType();
        CatalogEntry entry = _entries.Values.FirstOrDefault(known => known.Workflow.Type == type)
            ?? throw new FlowNotFoundException($"'{type}' is no workflow of the catalog.", cure: "Make the catalog with its Descriptor.");
        Volatile.Write(ref entry.Instance, workflow);
    }

    /// <summary>Whether a workflow may be chosen.</summary>
    /// <param name="id">The id; case matters.</param>
    /// <exception cref="FlowNotFoundException">There is none.</exception>
    public bool IsEnabled(string id) => EntryOf(id).IsEnabled;

    /// <summary>Lets a workflow be chosen again.</summary>
    /// <param name="id">The id; case matters.</param>
    /// <exception cref="FlowNotFoundException">There is none.</exception>
    /// <exception cref="FlowDisabledException">It is declared with <c>Enabled = false</c>.</exception>
    public void Enable(string id)
    {
        CatalogEntry entry = EntryOf(id);
        if (!entry.Workflow.Enabled)
        {
            throw new FlowDisabledException(id);
        }

        entry.IsEnabled = true;
    }

    /// <summary>
    /// A workflow may no longer be chosen: nodes that choose it fail with a <see cref="FlowDisabledException"/>, also with references that they have already. Runs that are
    /// under way go on, and code that calls its class is not concerned.
    /// </summary>
    /// <param name="id">The id; case matters.</param>
    /// <exception cref="FlowNotFoundException">There is none.</exception>
    public void Disable(string id) => EntryOf(id).IsEnabled = false;

    private static string Words(IReadOnlyList<FlowInput> inputs) =>
        inputs.Count == 0 ? "nothing (FlowUnit)" : "'" + string.Join("', '", inputs.Select(input => input.Type)) + "'";

    private static string Words(Type? output) => output is null ? "nothing (FlowUnit)" : $"'{output}'";

    private object InstanceOf(CatalogEntry entry)
    {
        if (Volatile.Read(ref entry.Instance) is { } known)
        {
            return known;
        }

        if (_services?.GetService(entry.Workflow.Type) is { } provided)
        {
            return provided;
        }

        object made = entry.Workflow.Make() ?? throw new FlowInputException(
            $"An object of '{entry.Workflow.Type}' is needed, and its constructor takes arguments.",
            entry.Workflow.Id,
            cure: "Register the class with the catalog's service provider, or give the catalog an object with Use.");
        return Interlocked.CompareExchange(ref entry.Instance, made, comparand: null) ?? made;
    }
}
