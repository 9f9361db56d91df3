using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Drafts;

/// <summary>What has been found so far.</summary>
internal sealed class IssueList
{
    private readonly List<Issue> _issues = [];

    public IReadOnlyList<Issue> All => _issues;

    public void Add(string id, Spot spot, params string[] arguments) => Add(id, spot, [], arguments);

    public void Add(string id, Spot spot, IEnumerable<Spot> additional, params string[] arguments)
        => _issues.Add(new Issue(id, spot, EquatableArray.Of(arguments), additional.ToEquatableArray()));

    /// <summary>Adds a warning that only informs if <paramref name="isInformation"/> says so.</summary>
    public void AddMild(string id, Spot spot, bool isInformation, params string[] arguments)
        => _issues.Add(new Issue(id, spot, EquatableArray.Of(arguments), EquatableArray<Spot>.Empty, isInformation));

    /// <summary>An error of <paramref name="stage"/> or an earlier one.</summary>
    public bool HasErrors(CheckStage stage) => _issues.Exists(i => Rule.IsError(i.Id) && CheckStages.Of(i.Id) <= stage);
}
