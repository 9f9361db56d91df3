namespace FlowGen;

/// <summary>
/// A set of workflows and who calls whom. FlowGen generates one per assembly (<c>FlowGenCatalog.Catalog</c>); a host joins several by making one
/// from all their <see cref="Workflows"/>. Its workflows never change; which of them are enabled may. Thread-safe.
/// </summary>
public sealed partial class FlowCatalog
{
    private readonly Dictionary<string, CatalogEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>Takes the workflows. Sub-workflows that are not among them are known by id only.</summary>
    /// <param name="workflows">In the order in which <see cref="Workflows"/> shall give them.</param>
    /// <param name="services">Gives workflow objects, where they are registered; null where there are none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="workflows"/> is null.</exception>
    /// <exception cref="ArgumentException">A workflow is null, or two have the same id.</exception>
    /// <exception cref="FlowCycleException">Workflows call each other in a circle.</exception>
    public FlowCatalog(IEnumerable<FlowDescriptor> workflows, IServiceProvider? services = null)
    {
        ArgumentNullException.ThrowIfNull(workflows);
        _services = services;
        FlowDescriptor[] all = [.. workflows];
        for (int i = 0; i < all.Length; i++)
        {
            FlowDescriptor workflow = all[i] ?? throw new ArgumentException($"Workflow {i} is null.", nameof(workflows));
            if (!_entries.TryAdd(workflow.Id, new CatalogEntry(workflow, i)))
            {
                throw new ArgumentException(
                    $"Workflow id '{workflow.Id}' is used by both '{_entries[workflow.Id].Workflow.Type}' and '{workflow.Type}'. "
                    + "Give one of them an Id of its own.",
                    nameof(workflows));
            }
        }

        Workflows = Array.AsReadOnly(all);
        Connect(all);
        RefuseCircles(all);
        Roots = Array.AsReadOnly(Array.FindAll(all, workflow => _entries[workflow.Id].Parents.Count == 0));
    }

    /// <summary>Every workflow.</summary>
    public IReadOnlyList<FlowDescriptor> Workflows { get; }

    /// <summary>The workflows that no workflow of this catalog calls.</summary>
    public IReadOnlyList<FlowDescriptor> Roots { get; }

    /// <summary>The workflow of an id; null if there is none.</summary>
    /// <param name="id">The id; case matters.</param>
    /// <exception cref="ArgumentNullException"><paramref name="id"/> is null.</exception>
    public FlowDescriptor? Find(string id) => _entries.GetValueOrDefault(id)?.Workflow;

    /// <summary>The workflow of an id.</summary>
    /// <param name="id">The id; case matters.</param>
    /// <exception cref="ArgumentNullException"><paramref name="id"/> is null.</exception>
    /// <exception cref="FlowNotFoundException">There is none. The message names ids that are close.</exception>
    public FlowDescriptor Get(string id) => EntryOf(id).Workflow;

    /// <summary>The workflows that call a workflow themselves, each once, in the catalog's order.</summary>
    /// <param name="id">Id of the called workflow.</param>
    /// <exception cref="FlowNotFoundException">There is none.</exception>
    public IReadOnlyList<FlowDescriptor> Parents(string id) => EntryOf(id).Parents.AsReadOnly();

    /// <summary>The workflows of this catalog that a workflow calls itself, each once, in the order of the calls.</summary>
    /// <param name="id">Id of the calling workflow.</param>
    /// <exception cref="FlowNotFoundException">There is none.</exception>
    public IReadOnlyList<FlowDescriptor> Children(string id) => EntryOf(id).Children.AsReadOnly();

    /// <summary>Everything a workflow calls, as a tree with a branch per call: a workflow that is called twice stands there twice.</summary>
    /// <param name="id">Id of the workflow at the top.</param>
    /// <exception cref="FlowNotFoundException">There is none.</exception>
    public FlowHierarchy Hierarchy(string id) => new(this, string.Empty, id, EntryOf(id).Workflow);

    /// <summary>The trees of all <see cref="Roots"/>.</summary>
    public IReadOnlyList<FlowHierarchy> Hierarchy() =>
        Array.AsReadOnly(Roots.Select(root => new FlowHierarchy(this, string.Empty, root.Id, root)).ToArray());

    /// <summary>Tells both sides of every call about each other.</summary>
    private void Connect(FlowDescriptor[] all)
    {
        foreach (FlowDescriptor parent in all)
        {
            CatalogEntry caller = _entries[parent.Id];
            foreach (string id in parent.Children.Select(child => child.WorkflowId).Distinct(StringComparer.Ordinal))
            {
                if (_entries.TryGetValue(id, out CatalogEntry? called))
                {
                    caller.Children.Add(called.Workflow);
                    called.Parents.Add(parent);
                }
            }
        }
    }

    /// <summary>The compiler rules them out (FG5002), but descriptors can be made by hand and hierarchies must end.</summary>
    private void RefuseCircles(FlowDescriptor[] all)
    {
        int[][] calls = Array.ConvertAll(all, workflow =>
            _entries[workflow.Id].Children.ConvertAll(child => _entries[child.Id].Index).ToArray());
        if (Circle.Find(calls) is { } circle)
        {
            throw new FlowCycleException([.. circle.Select(index => all[index].Id)]);
        }
    }

    private CatalogEntry EntryOf(string id) => _entries.TryGetValue(id, out CatalogEntry? entry)
        ? entry
        : throw new FlowNotFoundException($"There is no workflow '{id}' in the catalog.", id, cure: NearMatches.Cure(id, _entries.Keys));
}
