using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Linking.Logic;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Binding;

/// <summary>
/// Finds the sources of the parameters that name none (language.md B4 - B9). Whether several producers exclude each other depends on
/// what their own parameters are bound to, so a parameter waits until its candidates are known exactly, and only where all that are left
/// wait for each other (a cycle) is the weaker knowledge used that there is. So declaration order never matters.
/// </summary>
internal sealed partial class ParameterBinder
{
    private const int ManyCandidates = 16;

    private readonly WorkflowDraft _draft;
    private readonly PresenceModel _presence;
    private readonly Candidates _candidates;
    private readonly Queue<ParameterDraft> _ready = new();
    private readonly Dictionary<ParameterDraft, List<ParameterDraft>> _waiting = [];

    public ParameterBinder(WorkflowDraft draft, PresenceModel presence)
    {
        _draft = draft;
        _presence = presence;
        _candidates = new Candidates(draft, new ExplicitOrder(draft));
    }

    public void Bind()
    {
        List<ParameterDraft> open = [.. _draft.Consumers.SelectMany(c => c.Parameters).Where(p => p.IsData && p.Decision == Decision.Open)];
        open.ForEach(DecideAlone);
        for (open = Open(open); open.Count > 0; open = Open(open))
        {
            open.ForEach(_ready.Enqueue);
            while (_ready.Count > 0)
            {
                DecideExactly(_ready.Dequeue());
            }

            open = Open(open);
            if (open.Count > 0 && !DecideWeakly(open))
            {
                open.ForEach(Report);
            }
        }

        foreach (Consumer consumer in _draft.Consumers)
        {
            CheckSharing(consumer);
        }
    }

    private static List<ParameterDraft> Open(List<ParameterDraft> all) => all.FindAll(p => p.Decision == Decision.Open);

    /// <summary>What needs no knowledge of who runs when: no candidate, one, or one by name.</summary>
    private void DecideAlone(ParameterDraft parameter)
    {
        // Most parameters of a framework type: only a name can decide.
        if (_draft.Types[parameter.Model.Need].SaysNothing && !parameter.IsElement && _candidates.FindByOrder(parameter).Count == 0)
        {
            if (Groups.Roots(_candidates.FindNamed(parameter)) is [var named])
            {
                parameter.Bind(_candidates.WithHandlers(parameter, named));
                return;
            }
        }

        if (_candidates.FindOneByOrder(parameter) is not null)
        {
            // Its turn comes when it is known when that one runs.
            return;
        }

        IReadOnlyList<ScopeValue> candidates = CandidatesOf(parameter);
        if (candidates.Count == 0)
        {
            Report(parameter);
        }
        else if (candidates.Count == 1 && (IsNamed(parameter, candidates[0]) || !NeedsName(parameter)))
        {
            parameter.IsDecidedByOrder = IsNamed(parameter, candidates[0]);
            Bind(parameter, candidates);
        }
        else if (NeedsName(parameter) && !candidates.Any(c => IsNamed(parameter, c)))
        {
            Report(parameter);
        }
        else if (candidates.Count > ManyCandidates)
        {
            // Found again when its turn comes: one long list for each parameter would be too many.
            parameter.Candidates = [];
        }
    }

    /// <summary>Decides the parameter if its candidates are all known exactly; otherwise it waits for what is in the way.</summary>
    private void DecideExactly(ParameterDraft parameter)
    {
        if (parameter.Decision != Decision.Open)
        {
            return;
        }

        // Named by the owner, and always there: nothing excludes it, so nothing else matters.
        if (_candidates.FindOneByOrder(parameter) is { } named)
        {
            if (WaitsFor(parameter, named))
            {
                return;
            }

            if (_presence.Done(named.Producer!).IsAlways)
            {
                Apply(parameter, new Choice([named], IsByOrder: true));
                Wake(parameter);
                return;
            }
        }

        if (CandidatesOf(parameter).Any(candidate => WaitsFor(parameter, candidate)))
        {
            return;
        }

        if ((ByOrder(parameter) ?? Merge(parameter) ?? ByPairs(parameter)) is { } choice)
        {
            Apply(parameter, choice);
        }
        else
        {
            Report(parameter);
        }

        Wake(parameter);
    }

    /// <summary>The same where a cycle keeps candidates from being known: the strongest reason first.</summary>
    private bool DecideWeakly(List<ParameterDraft> open)
    {
        foreach (Func<ParameterDraft, Choice?> reason in new Func<ParameterDraft, Choice?>[] { Merge, ByOrder, ByPairs })
        {
            List<(ParameterDraft Parameter, Choice? Choice)> decided = [.. open.Select(p => (p, reason(p))).Where(d => d.Item2 is not null)];
            foreach ((ParameterDraft parameter, Choice? choice) in decided)
            {
                Apply(parameter, choice!);
            }

            if (decided.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it is not known yet when the candidate is there; then the parameter comes back once that may have changed.</summary>
    private bool WaitsFor(ParameterDraft parameter, ScopeValue candidate)
    {
        if (candidate.Producer is not { } producer || _presence.IsFinal(producer, out ParameterDraft? obstacle))
        {
            return false;
        }

        if (obstacle is not null)
        {
            WaitFor(obstacle, parameter);
        }

        return true;
    }

    private void WaitFor(ParameterDraft obstacle, ParameterDraft parameter)
    {
        if (!_waiting.TryGetValue(obstacle, out List<ParameterDraft>? waiting))
        {
            _waiting.Add(obstacle, waiting = []);
        }

        waiting.Add(parameter);
    }

    private void Wake(ParameterDraft decided)
    {
        if (_waiting.TryGetValue(decided, out List<ParameterDraft>? waiting))
        {
            _waiting.Remove(decided);
            waiting.ForEach(_ready.Enqueue);
        }
    }

    private IReadOnlyList<ScopeValue> CandidatesOf(ParameterDraft parameter)
    {
        if (parameter.Candidates.Count == 0)
        {
            parameter.Candidates = _candidates.Find(parameter);
        }

        return parameter.Candidates;
    }

    private static void Bind(ParameterDraft parameter, IReadOnlyList<ScopeValue> sources)
    {
        parameter.Bind(sources);
        parameter.Candidates = [];
    }

    private static void Apply(ParameterDraft parameter, Choice choice)
    {
        parameter.IsDecidedByOrder = choice.IsByOrder;
        Bind(parameter, choice.Sources);
    }

    /// <summary>Where a value is declared.</summary>
    public static Spot SpotOf(WorkflowDraft draft, ScopeValue value)
        => value.Producer is { } producer ? producer.Spot : draft.EntryModel.Spot.InParameter(InputParameter(draft, value.Index));

    /// <summary>Index among all parameters of the entry of its input <paramref name="input"/>.</summary>
    public static int InputParameter(WorkflowDraft draft, int input)
    {
        EquatableArray<ParameterModel> parameters = draft.EntryModel.Parameters;
        for (int i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].Role == ParameterRole.Data && input-- == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private sealed record Choice(IReadOnlyList<ScopeValue> Sources, bool IsByOrder);
}
